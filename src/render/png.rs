//! A raster as a PNG, for media that take pictures as text.

use plotters::style::RGBColor;

use super::shade::Raster;

const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// The filter of every row: none. What rows share with those above them is found as a match.
const NONE: u8 = 0;

/// The raster in these colours, one a band, as a PNG with a palette of four bits a cell; undefined cells are clear.
/// At most 15 bands. ISO/IEC 15948:2004, Portable Network Graphics.
pub(super) fn png(raster: &Raster, bands: &[RGBColor]) -> Vec<u8> {
    let clear = bands.len();
    let mut header = Vec::new();
    header.extend((raster.width as u32).to_be_bytes());
    header.extend((raster.height as u32).to_be_bytes());
    // Four bits, palette, deflate, the standard filters, not interlaced.
    header.extend([4, 3, 0, 0, 0]);
    let palette: Vec<u8> = bands.iter().flat_map(|color| [color.0, color.1, color.2]).chain([0; 3]).collect();
    let opacities: Vec<u8> = (0..=clear).map(|index| if index == clear { 0 } else { u8::MAX }).collect();

    let mut png = SIGNATURE.to_vec();
    for (name, content) in [
        (b"IHDR", header),
        (b"PLTE", palette),
        (b"tRNS", opacities),
        (b"IDAT", zlib(&rows(raster, clear as u8), 1 + raster.width.div_ceil(2))),
        (b"IEND", Vec::new()),
    ] {
        let chunk = [name.as_slice(), &content].concat();
        png.extend((content.len() as u32).to_be_bytes());
        png.extend(&chunk);
        png.extend(crc32(&chunk).to_be_bytes());
    }
    png
}

/// The cells, two a byte, each row after the name of its filter.
fn rows(raster: &Raster, clear: u8) -> Vec<u8> {
    let nibble = |cell: &u8| (*cell).min(clear);
    let row = |cells: &[u8]| -> Vec<u8> {
        let bytes = cells.chunks(2).map(|pair| nibble(&pair[0]) << 4 | pair.get(1).map_or(0, nibble));
        std::iter::once(NONE).chain(bytes).collect()
    };
    raster.cells.chunks(raster.width).flat_map(row).collect()
}

/// The bytes as a zlib stream of one block in the fixed code. Matches are looked for where a raster of bands has them: in
/// the byte before, and about the same place of the two rows above. P. Deutsch (1996), RFC 1950 and RFC 1951.
fn zlib(bytes: &[u8], row: usize) -> Vec<u8> {
    let distances: Vec<usize> = [1]
        .into_iter()
        .chain(row.saturating_sub(2)..=row + 2)
        .chain(2 * row - 1..=2 * row + 1)
        .filter(|&d| d > 0)
        .collect();
    let mut bits = Bits { bytes: vec![0x78, 0x01], filled: 8 };
    bits.push(0b011, 3);
    let mut at = 0;
    while at < bytes.len() {
        let length = |distance: usize| {
            let (new, old) = (&bytes[at..], &bytes[at - distance..]);
            new.iter().zip(old).take(LONGEST_MATCH).take_while(|(new, old)| new == old).count()
        };
        let matches =
            distances.iter().filter(|&&distance| distance <= at).map(|&distance| (length(distance), distance));
        match matches.max_by_key(|&(length, _)| length) {
            Some((length, distance)) if length >= SHORTEST_MATCH => {
                bits.repeat(length, distance);
                at += length;
            }
            _ => {
                bits.literal(bytes[at]);
                at += 1;
            }
        }
    }
    bits.code(END_OF_BLOCK, 7);
    let mut stream = bits.bytes;
    stream.extend(adler32(bytes).to_be_bytes());
    stream
}

const SHORTEST_MATCH: usize = 3;
const LONGEST_MATCH: usize = 258;
const END_OF_BLOCK: u32 = 0;

/// The shortest length of each length code, from 257; RFC 1951, section 3.2.5.
const LENGTHS: [usize; 29] =
    [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

/// Bytes filled bit by bit from the lowest.
struct Bits {
    bytes: Vec<u8>,
    /// How many bits of the last byte are taken.
    filled: u32,
}

impl Bits {
    fn push(&mut self, value: u32, count: u32) {
        for bit in 0..count {
            if self.filled == 8 {
                self.bytes.push(0);
                self.filled = 0;
            }
            if let Some(last) = self.bytes.last_mut() {
                *last |= ((value >> bit & 1) as u8) << self.filled;
            }
            self.filled += 1;
        }
    }

    /// A code word, which is packed from its highest bit.
    fn code(&mut self, word: u32, count: u32) {
        self.push(word.reverse_bits() >> (32 - count), count);
    }

    fn literal(&mut self, byte: u8) {
        match u32::from(byte) {
            low @ 0..=143 => self.code(0x30 + low, 8),
            high => self.code(0x190 + high - 144, 9),
        }
    }

    /// The bytes from `distance` back, `length` of them.
    fn repeat(&mut self, length: usize, distance: usize) {
        let index = LENGTHS.iter().rposition(|&shortest| shortest <= length).unwrap_or(0);
        match index as u32 {
            short @ 0..=22 => self.code(short + 1, 7),
            long => self.code(0xc0 + long - 23, 8),
        }
        let extra = match index as u32 {
            0..=7 | 28 => 0,
            index => index / 4 - 1,
        };
        self.push((length - LENGTHS[index]) as u32, extra);
        // Two codes for every further bit, so that the shortest distances of a pair are 2^n and 3 * 2^(n - 1) further on.
        let back = distance as u32 - 1;
        let (code, extra) = if back < 4 {
            (back, 0)
        } else {
            let extra = back.ilog2() - 1;
            (2 * (extra + 1) + (back >> extra & 1), extra)
        };
        self.code(code, 5);
        self.push(back & ((1 << extra) - 1), extra);
    }
}

/// M. Adler's checksum, RFC 1950, section 8.2.
fn adler32(bytes: &[u8]) -> u32 {
    let (a, b) = bytes.iter().fold((1_u32, 0_u32), |(a, b), &byte| {
        let a = (a + u32::from(byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    b << 16 | a
}

/// The cyclic redundancy check of PNG, ISO/IEC 15948:2004, annex D.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| if crc & 1 == 1 { 0xedb8_8320 ^ crc >> 1 } else { crc >> 1 })
    })
}

/// The bytes as text. S. Josefsson (2006), RFC 4648, section 4.
pub(super) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let word = (0..3).fold(0, |word, i| word << 8 | usize::from(three.get(i).copied().unwrap_or(0)));
        for place in 0..4 {
            let digit = DIGITS[word >> (18 - 6 * place) & 63];
            text.push(if place <= three.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_and_base64_give_the_values_of_their_standards() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(adler32(b"Wikipedia"), 0x11e6_0398);
        let encoded = ["", "f", "fo", "foo", "foob", "fooba", "foobar"].map(|text| base64(text.as_bytes()));
        assert_eq!(encoded, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]);
    }

    /// What a reader of the fixed code makes of a stream, written from RFC 1951's tables.
    fn inflated(stream: &[u8]) -> Vec<u8> {
        let mut bits = stream[2..].iter().flat_map(|byte| (0..8).map(move |bit| u32::from(byte >> bit & 1)));
        let mut value = |count: u32| (0..count).fold(0, |value, bit| value | bits.next().expect("a bit") << bit);
        assert_eq!(value(3), 0b011);
        let mut bytes: Vec<u8> = Vec::new();
        loop {
            let mut word = (0..7).fold(0, |word, _| word << 1 | value(1));
            let symbol = if word <= 0b001_0111 {
                256 + word
            } else {
                word = word << 1 | value(1);
                match word {
                    0x30..=0xbf => word - 0x30,
                    0xc0..=0xc7 => 280 + word - 0xc0,
                    _ => 144 + (word << 1 | value(1)) - 0x190,
                }
            };
            match symbol {
                256 => return bytes,
                0..=255 => bytes.push(symbol as u8),
                _ => {
                    let extra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
                    let code = symbol as usize - 257;
                    let length = LENGTHS[code] + value(extra[code]) as usize;
                    let code = (0..5).fold(0, |code, _| code << 1 | value(1));
                    // RFC 1951, section 3.2.5: the first distance of each code, and its extra bits.
                    let starts = [
                        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
                        2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
                    ];
                    let extra = [0, 0, 0, 0].into_iter().chain((1..=13).flat_map(|bits| [bits; 2])).nth(code as usize);
                    let distance = starts[code as usize] + value(extra.expect("a code below 30")) as usize;
                    for _ in 0..length {
                        bytes.push(bytes[bytes.len() - distance]);
                    }
                }
            }
        }
    }

    #[test]
    fn a_stream_inflates_to_what_it_was_made_of() {
        for length in (0..300).chain([515, 516, 517, 518, 519, 1000]) {
            let bytes: Vec<u8> =
                std::iter::repeat_n(7, length).chain([200, 143, 144, 255, 255, 255, 0, 0, 0, 0]).collect();
            assert_eq!(inflated(&zlib(&bytes, 5)), bytes, "{length}");
        }
    }

    #[test]
    fn rows_like_those_above_are_matches_at_any_width() {
        for row in [1, 2, 3, 5, 8, 33, 100, 202, 500, 1000] {
            let noise = |i: usize| (i * 7919 % 251) as u8;
            let bytes: Vec<u8> = (0..12 * row).map(|i| noise(i % row + i / row / 4 * 37)).collect();
            let stream = zlib(&bytes, row);
            assert_eq!(inflated(&stream), bytes, "{row}");
            assert!(row < 33 || stream.len() < bytes.len() / 2, "{row}: {}", stream.len());
        }
    }

    #[test]
    fn every_cell_keeps_its_colour_and_undefined_ones_are_clear() {
        let raster = Raster { width: 3, height: 2, cells: vec![0, 1, 255, 1, 1, 0] };
        let bands = [RGBColor(1, 2, 3), RGBColor(4, 5, 6)];
        assert_eq!(rows(&raster, 2), [NONE, 0x01, 0x20, NONE, 0x11, 0x00]);
        let png = png(&raster, &bands);
        let holds = |part: &[u8]| png.windows(part.len()).any(|window| window == part);
        assert!(holds(b"IHDR\0\0\0\x03\0\0\0\x02\x04\x03\0\0\0") && holds(b"PLTE\x01\x02\x03\x04\x05\x06"));
        assert!(holds(b"tRNS\xff\xff\0") && png.ends_with(b"IEND\xae\x42\x60\x82"));
    }
}
