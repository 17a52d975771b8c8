/** @file What the sources say in comments about each layer: its docstring, and the values and meaning of its options. */
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export interface OptionDoc {
  /** The values it takes: "'fan', 'product'", 'number or null', 'initializer'. */
  readonly values: string;
  /** The comment of the option; a line for each value where it lists them; empty where the name says all. */
  readonly meaning: string;
}

export interface SourceDoc {
  readonly options: Readonly<Record<string, OptionDoc>>;
  /** Sections of the docstring by their first word, such as Shapes, Start and Numerics, each in one line. */
  readonly sections: Readonly<Record<string, string>>;
}

/** By layer. */
export type SourceDocs = Readonly<Record<string, SourceDoc>>;

const kernels = new URL('../../../../packages/kernels/', import.meta.url);

/** Types whose name says more than their members. */
const namedTypes: Readonly<Record<string, string>> = {
  InitializerConfig: 'initializer',
  ActivationName: 'activation',
  Shape: 'number[]',
};

/** Meanings of options that are the same in every layer, for where the source leaves them without a comment. */
const commonMeanings: Readonly<Record<string, string>> = {
  activation: 'Applied to the output.',
  useBias: 'Adds a bias.',
  kernelInitializer: 'Law of the kernels.',
  biasInitializer: 'Law of the biases.',
  start: 'How the weights begin; see How it starts above.',
  hiddenActivation: 'Of the hidden layer.',
  strides: 'Steps of the window.',
  padding: "'same' pads with zeros, so that steps of 1 keep height and width.",
  dilationRate: 'Distance of neighbours in the window.',
  poolSize: 'Height and width of the window.',
};

/** Reads the docstring and the config type of every record in the table `layers` of kernels, with the compiler. */
export function readSourceDocs(): SourceDocs {
  const entry = fileURLToPath(new URL('src/layers/layers.ts', kernels));
  const base = ts.readConfigFile(
    fileURLToPath(new URL('../../tsconfig.base.json', kernels)),
    ts.sys.readFile,
  );
  const { options } = ts.convertCompilerOptionsFromJson(base.config.compilerOptions, fileURLToPath(kernels));
  const program = ts.createProgram([entry], { ...options, noEmit: true, composite: false });
  const checker = program.getTypeChecker();
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entry)!)!);
  const table = checker.getTypeOfSymbol(exported.find(({ name }) => name === 'layers')!);
  return Object.fromEntries(
    table.getProperties().map((layer) => {
      const [config] = checker.getTypeArguments(checker.getTypeOfSymbol(layer) as ts.TypeReference);
      const properties = config?.getProperties() ?? [];
      const optionDocs = properties.map((property) => [property.name, docOf(property, checker)] as const);
      return [
        layer.name,
        { options: Object.fromEntries(optionDocs), sections: sectionsOf(docstringOf(layer, checker)) },
      ];
    }),
  );
}

/** The comment of the constant that a table's entry names: `dense: denseSpec`. */
function docstringOf(entry: ts.Symbol, checker: ts.TypeChecker): string {
  const declaration = entry.declarations?.[0];
  if (!declaration || !ts.isPropertyAssignment(declaration)) return '';
  const named = checker.getSymbolAtLocation(declaration.initializer);
  const record = named && named.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(named) : named;
  return ts.displayPartsToString(record?.getDocumentationComment(checker));
}

/** The sections of a docstring; what stands before them is the formula, and an empty line ends one. */
function sectionsOf(docstring: string): Record<string, string> {
  const sections: Record<string, string> = {};
  let current: string | undefined;
  for (const line of docstring.split('\n')) {
    const [, name, text] =
      /^(Shapes|Degree|Cost|Start|Numerics|Pitfalls|Throws|Source) +(.*)$/.exec(line) ?? [];
    if (name) {
      current = name;
      sections[name] = text!.trim();
    } else if (line.trim() === '') current = undefined;
    else if (current) sections[current] += ` ${line.trim()}`;
  }
  return sections;
}

function docOf(property: ts.Symbol, checker: ts.TypeChecker): OptionDoc {
  const declaration = property.declarations?.[0];
  const node = declaration && ts.isPropertySignature(declaration) ? declaration.type : undefined;
  const alias = node && aliasOf(node, checker);
  const [own, ofType] = [property, alias].map((symbol) =>
    joinLines(ts.displayPartsToString(symbol?.getDocumentationComment(checker))),
  );
  const isNamed = alias !== undefined && alias.name in namedTypes;
  const meaning = own || (isNamed ? '' : ofType) || (commonMeanings[property.name] ?? '');
  return {
    values: node
      ? valuesOf(node, checker).join(', ')
      : checker.typeToString(checker.getTypeOfSymbol(property)),
    meaning: pointed(meaning, property.name === 'start' ? 'How it starts' : 'the formula'),
  };
}

/** Lines joined, but for those that begin with a value and say what it means. */
function joinLines(comment: string): string {
  return comment
    .trim()
    .replaceAll(/\s*\n\s*(?=')/g, '\n')
    .replaceAll(/\n(?!')/g, ' ')
    .replaceAll(/ {2,}/g, ' ');
}

/** A comment that points to a record's docstring points to the page, which shows that part of it. */
function pointed(comment: string, part: string): string {
  return comment.replace(/([Ss])ee `\w+Spec`/, `$1ee ${part} above`);
}

/** The alternatives of a declared type, literals one by one, in the order of the source where it lists them. */
function valuesOf(node: ts.TypeNode, checker: ts.TypeChecker): string[] {
  if (ts.isUnionTypeNode(node)) return node.types.flatMap((part) => valuesOf(part, checker));
  const alias = aliasOf(node, checker);
  if (alias && alias.name in namedTypes) return [namedTypes[alias.name]];
  const declared = alias?.declarations?.find(ts.isTypeAliasDeclaration)?.type;
  if (declared && (ts.isUnionTypeNode(declared) || ts.isTypeReferenceNode(declared)))
    return valuesOf(declared, checker);
  const type = checker.getTypeFromTypeNode(node);
  const flags = ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType | ts.TypeFormatFlags.NoTruncation;
  const isListed = type.isUnion() && !(type.flags & ts.TypeFlags.Boolean);
  // The compiler's own order of a computed union may change with any other file.
  return (isListed ? type.types : [type])
    .map((one) => checker.typeToString(one, undefined, flags).replace('readonly ', ''))
    .sort();
}

/** The alias that a type node names, followed through imports. */
function aliasOf(node: ts.TypeNode, checker: ts.TypeChecker): ts.Symbol | undefined {
  if (!ts.isTypeReferenceNode(node)) return undefined;
  const symbol = checker.getSymbolAtLocation(node.typeName);
  return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}
