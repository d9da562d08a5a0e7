//! A small static server: GET and HEAD, one thread a connection, one request a connection.

use crate::Outcome;
use crate::site::{Found, media_type, resolve};
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// The policy that the site promises to work under; sent with every response, so that daily work proves it.
const SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; \
                               style-src 'self'; img-src 'self' data: blob:; worker-src 'self'";
/// A browser sends its request at once; a connection that was opened ahead of need is given up after this time.
const PATIENCE: Duration = Duration::from_secs(10);
/// The most that is read of a request, in bytes: many times what a browser sends.
const LONGEST_REQUEST: u64 = 16 * 1024;

/// What is sent back.
struct Response {
    status: &'static str,
    /// Further header lines, each with its line end.
    headers: String,
    body: Vec<u8>,
}

/// Listens on 127.0.0.1; port 0 means any free port.
pub(crate) fn listen(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
}

/// A server that runs until this program ends.
pub(crate) struct Server {
    /// Where it is, as `http://127.0.0.1:8000/`.
    pub(crate) address: String,
    /// Where it waits for connections.
    pub(crate) thread: JoinHandle<()>,
}

/// Serves the folder from a thread of its own.
pub(crate) fn serve(folder: &Path, listener: TcpListener) -> Outcome<Server> {
    let root = folder.canonicalize().map_err(|error| format!("cannot serve {}: {error}", folder.display()))?;
    let address = listener.local_addr().map_err(|error| format!("cannot tell the server's address: {error}"))?;
    let thread = thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let root = root.clone();
            // A browser that leaves in the middle of a response is no event.
            thread::spawn(move || drop(converse(&root, &stream)));
        }
    });
    Ok(Server { address: format!("http://{address}/"), thread })
}

/// Reads one request and answers it.
fn converse(root: &Path, mut stream: &TcpStream) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut request = String::new();
    let mut lines = BufReader::new(stream.take(LONGEST_REQUEST)).lines();
    if let Some(first) = lines.next() {
        request = first?;
    }
    // The other lines decide nothing, but unread input would reset the connection.
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    if request.is_empty() {
        return Ok(());
    }
    stream.write_all(&answer(root, &request))?;
    stream.flush()
}

/// The bytes of the response to a request line.
fn answer(root: &Path, request: &str) -> Vec<u8> {
    let words: Vec<&str> = request.split(' ').collect();
    let (response, with_body) = match words[..] {
        ["GET", target, "HTTP/1.1" | "HTTP/1.0"] => (find(root, target), true),
        ["HEAD", target, "HTTP/1.1" | "HTTP/1.0"] => (find(root, target), false),
        [_, _, "HTTP/1.1" | "HTTP/1.0"] => {
            (plain("405 Method Not Allowed", "Allow: GET, HEAD\r\n", "only GET and HEAD"), true)
        }
        _ => (plain("400 Bad Request", "", "not an HTTP request"), true),
    };
    let mut bytes = format!(
        "HTTP/1.1 {}\r\n{}Content-Length: {}\r\nContent-Security-Policy: {SECURITY_POLICY}\r\n\
         X-Content-Type-Options: nosniff\r\nCache-Control: no-cache\r\nConnection: close\r\n\r\n",
        response.status,
        response.headers,
        response.body.len()
    )
    .into_bytes();
    if with_body {
        bytes.extend(response.body);
    }
    bytes
}

fn find(root: &Path, target: &str) -> Response {
    match resolve(root, target) {
        Found::File(path) => match fs::read(&path) {
            Ok(body) => Response { status: "200 OK", headers: content_type(media_type(&path)), body },
            Err(_) => plain("404 Not Found", "", "not found"),
        },
        Found::FolderWithoutSlash => {
            let (path, query) = target.split_once('?').map_or((target, ""), |(path, _)| (path, &target[path.len()..]));
            plain("301 Moved Permanently", &format!("Location: {path}/{query}\r\n"), "moved")
        }
        Found::Nothing => plain("404 Not Found", "", "not found"),
    }
}

fn plain(status: &'static str, headers: &str, text: &str) -> Response {
    let headers = format!("{headers}{}", content_type("text/plain; charset=utf-8"));
    Response { status, headers, body: format!("{text}\n").into_bytes() }
}

fn content_type(value: &str) -> String {
    format!("Content-Type: {value}\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::tests::small_site;

    fn answer_text(name: &str, request: &str) -> String {
        String::from_utf8(answer(&small_site(name).www(), request)).unwrap()
    }

    #[test]
    fn a_page_comes_with_its_type_its_length_and_the_policy() {
        let text = answer_text("page", "GET / HTTP/1.1");
        assert!(text.starts_with("HTTP/1.1 200 OK\r\n"), "{text}");
        for line in [
            "Content-Type: text/html; charset=utf-8",
            "Content-Length: 13",
            "Cache-Control: no-cache",
            "X-Content-Type-Options: nosniff",
            "Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; \
             style-src 'self'; img-src 'self' data: blob:; worker-src 'self'",
        ] {
            assert!(text.contains(&format!("\r\n{line}\r\n")), "{line} is not in {text}");
        }
        assert!(text.ends_with("\r\n\r\n<h1>home</h1>"), "{text}");
    }

    #[test]
    fn a_head_request_gets_the_length_without_the_page() {
        let text = answer_text("head", "HEAD / HTTP/1.1");
        assert!(text.contains("\r\nContent-Length: 13\r\n") && text.ends_with("\r\n\r\n"), "{text}");
    }

    #[test]
    fn errors_carry_the_policy_too() {
        for (request, status) in [
            ("GET /absent HTTP/1.1", "404 Not Found"),
            ("GET /../secret.txt HTTP/1.1", "404 Not Found"),
            ("POST / HTTP/1.1", "405 Method Not Allowed"),
            ("GET /", "400 Bad Request"),
            ("hello", "400 Bad Request"),
        ] {
            let text = answer_text("errors", request);
            assert!(text.starts_with(&format!("HTTP/1.1 {status}\r\n")), "{request}: {text}");
            assert!(text.contains("\r\nContent-Security-Policy: default-src 'none';"), "{request}: {text}");
        }
    }

    #[test]
    fn a_folder_without_its_slash_is_sent_on() {
        let text = answer_text("slash", "GET /guide?x=1 HTTP/1.1");
        assert!(text.starts_with("HTTP/1.1 301 ") && text.contains("\r\nLocation: /guide/?x=1\r\n"), "{text}");
    }

    #[test]
    fn a_request_over_the_network_is_answered() {
        let site = small_site("network");
        let server = serve(&site.www(), listen(0).unwrap()).unwrap();
        let host = server.address.trim_start_matches("http://").trim_end_matches('/');
        let mut stream = TcpStream::connect(host).unwrap();
        stream.write_all(b"GET /guide/ HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        assert!(text.ends_with("<h1>guide</h1>"), "{text}");
    }
}
