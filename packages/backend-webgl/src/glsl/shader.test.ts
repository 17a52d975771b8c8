import { describe, expect, it } from 'vitest';
import { layoutOf, rowLayout } from '../device/layout.js';
import { Shader } from './shader.js';

const buffers = [0, 1].map((id) => ({ id, kind: 'scratch', name: 'x', dtype: 'float32', size: 64 }) as const);

describe('Shader', () => {
  it('wants targets that lie alike', () => {
    const layouts = [layoutOf(64), rowLayout(64, 2, 4)];
    expect(() => new Shader({ buffers, layouts }, [0, 1])).toThrowErrorMatchingInlineSnapshot(`
      [InternalError: internal: backend-webgl: targets of one pass lie differently

      Please report this at https://github.com/polyneuron/polyneuron/issues]
    `);
  });

  it('declares what the body calls, and reads small buffers once', () => {
    const small = [{ ...buffers[0], size: 3 }];
    const shader = new Shader({ buffers: small, layouts: [layoutOf(3)] }, [0]);
    const sampler = shader.sampler(0);
    shader.define('vec4', `g${sampler}(ivec4(2, 1, 0, 0))`);
    expect(shader.source([{ dtype: 'float32', value: 'v0' }])).toMatchInlineSnapshot(`
      "#version 300 es
      precision highp float;
      precision highp int;
      precision highp sampler2D;
      precision highp isampler2D;
      precision highp sampler2DArray;
      precision highp isampler2DArray;
      layout(location = 0) out vec4 o0;
      uniform sampler2D s0;
      vec4 q0(int t) {
        int r = t;
        return texture(s0, vec2((float(t & 0) + 0.5) * 1.0, (float(r) + 0.5) * 1.0));
      }
      vec4 w0_0;
      vec4 g0(ivec4 i) { return mix(mix(w0_0.xxxx, w0_0.yyyy, bvec4(i & 1)), mix(w0_0.zzzz, w0_0.wwww, bvec4(i & 1)), bvec4(i & 2)); }
      float e0(int i) { return g0(ivec4(i)).x; }
      void main() {
        ivec2 place = ivec2(gl_FragCoord.xy);
        w0_0 = q0(0);
        int first = (place.y * 1 + place.x) << 2;
        vec4 v0 = g0(ivec4(2, 1, 0, 0));
        o0 = v0;
      }
      "
    `);
  });
});
