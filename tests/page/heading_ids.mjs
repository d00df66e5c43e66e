// Renders a JSON list of pages as VitePress does, or makes of each its headings with the ids that Docusaurus gives them: by the
// same libraries, in the same way.

import { json } from "node:stream/consumers";

async function vitepress() {
  const { default: MarkdownIt } = await import("markdown-it");
  const { default: attributes } = await import("markdown-it-attrs");
  const { default: anchor } = await import("markdown-it-anchor");
  const { slugify } = await import("@mdit-vue/shared");
  const getTokensText = (tokens) =>
    tokens.filter(({ type }) => !["html_inline", "emoji"].includes(type)).map(({ content }) => content).join("");
  const markdown = MarkdownIt({ html: true, linkify: true }).use(attributes).use(anchor, { slugify, getTokensText });
  return (page) => markdown.render(page);
}

async function docusaurus() {
  const { unified } = await import("unified");
  const { default: remarkParse } = await import("remark-parse");
  const { default: remarkGfm } = await import("remark-gfm");
  const { toString } = await import("mdast-util-to-string");
  const { default: GithubSlugger } = await import("github-slugger");
  const processor = unified().use(remarkParse).use(remarkGfm);
  return (page) => {
    const slugger = new GithubSlugger();
    const found = [];
    const visit = (node) => {
      if (node.type === "heading") {
        const text = toString(node);
        const own = /\s*\{#((?:.(?!\{#|\}))*.)\}$/u.exec(text);
        found.push(`<h1 id="${own ? own[1] : slugger.slug(text)}"></h1>`);
      }
      node.children?.forEach(visit);
    };
    visit(processor.parse(page));
    return found.join("\n");
  };
}

const render = await { vitepress, docusaurus }[process.argv[1]]();
console.log(JSON.stringify((await json(process.stdin)).map(render)));
