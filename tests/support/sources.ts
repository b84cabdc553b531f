/**
 * Reads the project's sources for the tests that look at how they hang together: what each file
 * imports, and which names it takes from the world around it.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/** Sources by their path from the top, such as `shared/ids.ts`. */
export type Tree = Readonly<Record<string, string>>

export interface Source {
  path: string
  /** Module specifiers as written, those of types included. */
  imports: string[]
  /** The files of the tree among them. */
  targets: string[]
  /** The specifiers of `export … from`. */
  reexports: string[]
  /** Names that the file uses and declares nowhere. */
  free: string[]
  readsEnv: boolean
}

export function readTree(): Tree {
  const top = fileURLToPath(new URL('../..', import.meta.url))
  const paths = ['shared', 'server', 'client'].flatMap((folder) =>
    readdirSync(top + folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|svelte)$/.test(name))
      .map((name) => posix.join(folder, name.replaceAll('\\', '/'))),
  )
  return Object.fromEntries(paths.map((path) => [path, readFileSync(top + path, 'utf8')]))
}

export function parse(tree: Tree): Source[] {
  return Object.entries(tree).map(([path, text]) => parseFile(path, text, tree))
}

export const folderOf = (path: string): string => path.split('/')[0] ?? ''

export function packagesOf(source: Source): string[] {
  return source.imports.filter((specifier) => !/^[./]/.test(specifier))
}

function parseFile(path: string, text: string, tree: Tree): Source {
  const imports: string[] = []
  const reexports: string[] = []
  const names = { used: new Set<string>(), declared: new Set<string>(), member: new Set<string>() }

  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node)
    if (specifier !== undefined) imports.push(specifier)
    if (specifier !== undefined && ts.isExportDeclaration(node)) reexports.push(specifier)
    if (ts.isIdentifier(node)) names[roleOf(node)].add(node.text)
    ts.forEachChild(node, visit)
  }
  const code = path.endsWith('.svelte') ? scriptsOf(text) : text
  visit(ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true))

  const has = (name: string) => Object.values(names).some((set) => set.has(name))
  return {
    path,
    imports,
    targets: imports.flatMap((specifier) => targetOf(path, specifier, tree) ?? []),
    reexports,
    free: [...names.used].filter((name) => !names.declared.has(name)),
    readsEnv:
      has('env') && (has('process') || imports.some((name) => /^(node:)?process$/.test(name))),
  }
}

function scriptsOf(component: string): string {
  const blocks = component.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)
  return [...blocks].map((block) => block[1]).join('\n')
}

function specifierOf(node: ts.Node): string | undefined {
  const specifier =
    ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
      ? node.moduleSpecifier
      : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
        ? node.argument.literal
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : undefined
  return specifier && ts.isStringLiteralLike(specifier) ? specifier.text : undefined
}

/** Coarse: it knows no scopes, so a name declared anywhere in a file counts as the file's own. */
function roleOf(node: ts.Identifier): 'used' | 'declared' | 'member' {
  const { parent } = node
  if ('propertyName' in parent && parent.propertyName === node) return 'member'
  if (ts.isQualifiedName(parent) && parent.right === node) return 'member'
  if (!('name' in parent) || parent.name !== node) return 'used'
  if (ts.isShorthandPropertyAssignment(parent)) return 'used'
  const isMember =
    ts.isPropertyAccessExpression(parent) ||
    ts.isObjectLiteralElement(parent) ||
    ts.isClassElement(parent) ||
    ts.isTypeElement(parent) ||
    ts.isEnumMember(parent) ||
    ts.isNamedTupleMember(parent)
  return isMember ? 'member' : 'declared'
}

function targetOf(from: string, specifier: string, tree: Tree): string | undefined {
  if (!specifier.startsWith('.')) return undefined
  const path = posix.join(posix.dirname(from), specifier)
  return [path, path.replace(/\.js$/, '.ts'), `${path}.ts`].find((candidate) => candidate in tree)
}
