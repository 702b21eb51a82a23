/** The engine of Chrome's Performance panel. Of its types only what the tests need: its own need another compiler. */
declare module "@paulirish/trace_engine" {
  interface Entry {
    readonly name: string;
    readonly ts: number;
    readonly dur?: number;
  }
  interface Handlers {
    readonly Meta: {
      readonly traceIsGeneric: boolean;
      readonly traceBounds: { readonly min: number; readonly max: number };
      readonly processNames: ReadonlyMap<number, { readonly args: { readonly name?: string } }>;
      readonly threadsInProcess: ReadonlyMap<
        number,
        ReadonlyMap<number, { readonly args: { readonly name?: string } }>
      >;
    };
    readonly Renderer: {
      readonly processes: ReadonlyMap<
        number,
        {
          readonly threads: ReadonlyMap<
            number,
            { readonly name: string | null; readonly entries: readonly Entry[] }
          >;
        }
      >;
    };
  }
  export const Processor: {
    readonly TraceProcessor: {
      createWithAllHandlers(): {
        parse(events: readonly unknown[], options: object): Promise<void>;
        readonly data: Handlers | null;
      };
    };
  };
}
