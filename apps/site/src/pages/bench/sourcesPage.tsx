import { CodeBlock } from '../../shell/CodeBlock.js';
import type { Page } from '../../shell/page.js';
import {
  contenderTable,
  type SourceFile,
  type SourceSide,
  sourceSides,
  sourcesOf,
} from './contenderSources.js';

export const sourcesPage: Page = {
  path: '/bench/sources/',
  title: 'Source of the contenders',
  description: 'The code that the benchmark times, on both sides, as it is in the scripts of this site.',
  entry: 'text',
  next: { path: '/bench/', text: 'Back to the benchmark' },
  content: () => <SourcesContent />,
};

const sides: { readonly [S in SourceSide]: { readonly title: string; readonly about: string } } = {
  ours: {
    title: 'What Polyneuron runs',
    about:
      'The case is one program, compiled by the backend of the contender; a timing is so many runs of it, and reading the result.',
  },
  stock: {
    title: 'What stock TensorFlow.js runs',
    about:
      'model.fit, tf.matMul and the like, on the backend of the contender. Layers that it lacks are written with its own operations.',
  },
};

function SourcesContent() {
  return (
    <>
      <h1>The code behind the figures</h1>
      <p class="lead">
        This is the source of both sides of the benchmark, in the state from which the scripts of this site
        were built. Files that both sides share (cases, data, the float64 reference) are left out.
      </p>
      <section aria-labelledby="contenders">
        <h2 id="contenders">Who takes part</h2>
        <File file={contenderTable()} />
      </section>
      {sourceSides.map((side) => (
        <section key={side} aria-labelledby={side}>
          <h2 id={side}>{sides[side].title}</h2>
          <p>{sides[side].about}</p>
          {sourcesOf(side).map((file) => (
            <File key={file.path} file={file} />
          ))}
        </section>
      ))}
    </>
  );
}

function File({ file: { path, text } }: { readonly file: SourceFile }) {
  return (
    <>
      <h3>
        <code>{path}</code>
      </h3>
      <CodeBlock text={text} />
    </>
  );
}
