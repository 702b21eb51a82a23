/**
 * Assignments to the property name for which the client probe defines a setter.
 * https://tc39.es/ecma262/#sec-ordinaryset
 * https://tc39.es/ecma262/#sec-assignment-operators-runtime-semantics-evaluation
 */
import { describeDescriptor, describeError, sloppy, thrownBy, type Checks } from "../check.ts";

const KEY = "keepAliveIntervalInMilliseconds";
type Keyed = Record<string, unknown>;

const after = (target: object, value: unknown = 1): unknown[] => {
  (target as Keyed)[KEY] = value;
  return [
    describeDescriptor(Object.getOwnPropertyDescriptor(target, KEY)),
    (target as Keyed)[KEY] === value,
    Object.keys(target).includes(KEY),
    Object.hasOwn(target, KEY),
  ];
};

class Base {
  field = 1;
}
class Accessor {
  seen: unknown[] = [];
  set keepAliveIntervalInMilliseconds(value: unknown) {
    this.seen.push(value);
  }
  get keepAliveIntervalInMilliseconds(): unknown {
    return this.seen.length;
  }
}

export const assignment: Checks = {
  "an ordinary object": () => after({}),
  "any value": () =>
    [undefined, null, "text", NaN, {}, () => 1, Symbol.iterator].map((value) => after({}, value)),
  "a class instance": () => after(new Base()),
  "an array": () => after([1, 2]),
  "a function": () => after(() => 1),
  "a date, a map, an error": () => [new Date(0), new Map(), new Error("x")].map((target) => after(target)),
  "a DOM node, the window": () => {
    const results = [after(document.createElement("div")), after(window)];
    Reflect.deleteProperty(window, KEY);
    return results;
  },
  "an object without a prototype": () => after(Object.create(null) as object),
  "an object of another window": () => {
    const frame = document.body.appendChild(document.createElement("iframe"));
    const { Object: Other } = frame.contentWindow as unknown as typeof globalThis;
    const result = after(new Other());
    frame.remove();
    return result;
  },
  "the result of the expression": () => {
    const target: Keyed = {};
    return (target[KEY] = "value");
  },
  "compound assignments": () => {
    const target: Keyed = {};
    target[KEY] ??= 5;
    (target[KEY] as number) += 2;
    target[KEY] ||= 9;
    target[KEY] &&= 3;
    return target;
  },
  "destructuring, spread and Object.assign": () => {
    const target: Keyed = {};
    ({ a: target[KEY] } = { a: 4 });
    return [target, { ...target }, Object.assign({}, target), Object.entries(target)];
  },
  "in a literal, and as a class field": () => {
    class Field {
      keepAliveIntervalInMilliseconds = 3;
    }
    return [{ [KEY]: 1 }, new Field(), describeDescriptor(Object.getOwnPropertyDescriptor(new Field(), KEY))];
  },
  "in a constructor": () => {
    class Own {
      [key: string]: unknown;
      constructor() {
        this[KEY] = 15_000;
      }
    }
    return [Object.keys(new Own()), JSON.stringify(new Own())];
  },
  "order of keys": () => {
    const target: Keyed = { a: 1 };
    target[KEY] = 2;
    target["b"] = 3;
    return Object.keys(target);
  },
  "JSON.stringify": () => [JSON.stringify({}), JSON.stringify(Object.assign({}, { [KEY]: 1 }))],
  "JSON.parse": () => JSON.parse(`{"${KEY}": 7}`) as unknown,
  structuredClone: () => structuredClone({ [KEY]: 1 }),
  "for-in": () => {
    const keys: string[] = [];
    for (const key in {}) keys.push(key);
    for (const key in Object.assign({}, { [KEY]: 1 })) keys.push(key);
    // eslint-disable-next-line @typescript-eslint/no-for-in-array -- the visited keys are the result
    for (const key in []) keys.push(key);
    return keys;
  },
  "reading what isn't there": () => [
    ({} as Keyed)[KEY],
    ([] as unknown as Keyed)[KEY],
    ("" as unknown as Keyed)[KEY],
  ],
  "the in operator": () => KEY in {},
  "hasOwn on Object.prototype": () => Object.hasOwn(Object.prototype, KEY),
  "keys of Object.prototype": () => Object.keys(Object.prototype),
  "all names of Object.prototype": () => Object.getOwnPropertyNames(Object.prototype).sort(),
  "assigned twice": () => {
    const target: Keyed = {};
    target[KEY] = 1;
    target[KEY] = 2;
    return target;
  },
  deleted: () => {
    const target: Keyed = {};
    target[KEY] = 1;
    const deleted = Reflect.deleteProperty(target, KEY);
    return [deleted, Object.keys(target), target[KEY]];
  },
  defineProperty: () => {
    const target = Object.defineProperty({}, KEY, { value: 1, configurable: true });
    const thrown = thrownBy(() => ((target as Keyed)[KEY] = 2));
    return [describeDescriptor(Object.getOwnPropertyDescriptor(target, KEY)), thrown];
  },
  "an own accessor": () => {
    const seen: unknown[] = [];
    const target = Object.defineProperty({}, KEY, { set: (value) => seen.push(value), configurable: true });
    (target as Keyed)[KEY] = 5;
    return [seen, describeDescriptor(Object.getOwnPropertyDescriptor(target, KEY))];
  },
  "an inherited accessor": () => {
    const target = new Accessor();
    target.keepAliveIntervalInMilliseconds = 4;
    return [target.seen, Object.hasOwn(target, KEY), target.keepAliveIntervalInMilliseconds];
  },
  "an inherited value": () => after(Object.create({ [KEY]: 3 }) as object),
  "an inherited read-only value": () => {
    const target = Object.create(Object.freeze({ [KEY]: 3 })) as Keyed;
    return [thrownBy(() => (target[KEY] = 4)), target[KEY]];
  },
  "a static of a class, inherited": () => {
    class A {
      static [key: string]: unknown;
    }
    class B extends A {
      static [key: string]: unknown;
    }
    A[KEY] = 1;
    B[KEY] = 2;
    return [A[KEY], B[KEY], Object.hasOwn(B, KEY)];
  },
  "super.property": () => {
    class B extends Base {
      [key: string]: unknown;
      assign(): void {
        (super[KEY as never] as unknown) = 6;
      }
    }
    const target = new B();
    target.assign();
    return [target[KEY], Object.hasOwn(Base.prototype, KEY), Object.hasOwn(target, KEY)];
  },
  "frozen, strict": () => thrownName(() => ((Object.freeze({}) as Keyed)[KEY] = 1)),
  "sealed and not extensible, strict": () => [
    thrownName(() => ((Object.seal({}) as Keyed)[KEY] = 1)),
    thrownName(() => ((Object.preventExtensions([]) as unknown as Keyed)[KEY] = 1)),
  ],
  "sealed with the property": () => after(Object.seal({ [KEY]: 0 })),
  "frozen, sloppy": () =>
    thrownName(() => sloppy("target", `target.${KEY} = 1; return target`)(Object.freeze({}))),
  "a primitive, strict": () => thrownName(() => ((5 as unknown as Keyed)[KEY] = 1)),
  "a primitive, sloppy": () =>
    thrownName(() => sloppy("", `(5).${KEY} = 1; "text".${KEY} = 1; true.${KEY} = 1`)()),
  "null and undefined": () => [
    thrownName(() => ((null as unknown as Keyed)[KEY] = 1)),
    thrownName(() => ((undefined as unknown as Keyed)[KEY] = 1)),
  ],
  "sloppy this": () =>
    sloppy("", `function F() { this.${KEY} = 2; } return [new F(), Object.keys(new F())]`)(),
  "Object.prototype polluted with descriptor names": () => {
    const root = Object.prototype as unknown as Keyed;
    Object.assign(root, { get: 1, set: 2, value: 3, writable: false, enumerable: false });
    try {
      return thrownBy(() => after({}, 8)) === "nothing" ? describeOwn(after) : thrownBy(() => after({}, 8));
    } finally {
      for (const key of ["get", "set", "value", "writable", "enumerable"]) Reflect.deleteProperty(root, key);
    }
  },
};

/** Only the error's name: the wording of the message depends on the place in the code. */
function thrownName(run: () => unknown): unknown {
  try {
    run();
    return "nothing";
  } catch (error) {
    return describeError(error).thrown;
  }
}

function describeOwn(assign: (target: object, value: unknown) => unknown): string {
  const target = {};
  assign(target, 8);
  const found = Object.getOwnPropertyDescriptor(target, KEY);
  const { writable, enumerable, configurable } = found ?? {};
  return [found?.value as unknown, writable, enumerable, configurable].map(String).join();
}
