// Reads pages of MDX, one JSON string a line, and answers each with its blocks: [what it is, its text, whether that is code].

import {createInterface} from 'node:readline'
import {unified} from 'unified'
import remarkDirective from 'remark-directive'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkMdx from 'remark-mdx'
import remarkParse from 'remark-parse'

const reader = unified().use(remarkParse).use(remarkFrontmatter).use(remarkGfm).use(remarkMdx).use(remarkDirective)
const withText = new Set(['paragraph', 'heading', 'tableCell'])

function blocks(node, found) {
  if (withText.has(node.type)) {
    const texts = []
    collect(node, texts)
    found.push([node.type + (node.depth ?? ''), texts.join(' '), false])
  } else if (node.children === undefined) {
    found.push([node.type, node.value ?? '', true])
  } else {
    found.push([`${node.type} ${node.name ?? ''} ${node.ordered ?? ''}`, '', false])
    for (const child of node.children) blocks(child, found)
    found.push(['end', '', false])
  }
}

function collect(node, texts) {
  for (const child of node.children ?? []) {
    if (child.type === 'text') texts.push(child.value)
    if (child.type !== 'textDirective') collect(child, texts)
  }
}

for await (const line of createInterface({input: process.stdin})) {
  const found = []
  try {
    blocks(reader.parse(JSON.parse(line)), found)
    console.log(JSON.stringify(found))
  } catch (error) {
    console.log(JSON.stringify(String(error.message)))
  }
}
