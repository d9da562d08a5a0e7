const escaped = (text) => text.replace(/[&"<]/g, (sign) => `&#${sign.charCodeAt(0)};`);

export default function (eleventy) {
  // A copy of the folder that `cargo xtask dist` writes, beside `content/`, so that nothing in it is taken for a template.
  eleventy.addPassthroughCopy("adam-scope");
  eleventy.addPassthroughCopy("content/**/*.svg");
  eleventy.addShortcode("adamScope", (config, picture, alt) => {
    const still = `<img src="${escaped(picture)}" width="680" height="400" alt="${escaped(alt)}">`;
    return `<adam-scope config="${escaped(config)}" controls>${still}</adam-scope>`;
  });
  // A site that does not lie at the root of its host says where it does by `--pathprefix`.
  return { dir: { input: "content", output: "_site" } };
}
