/** For the component: what it asks by JS interop. */
window.titleOfPage = () => document.title;

/** Starts Blazor with other settings than its own. */
window.startWith = (settings) => {
  const { serverTimeout, keepAlive, retries, interval } = JSON.parse(settings);
  Blazor.start({
    circuit: {
      configureSignalR: (builder) => {
        if (serverTimeout !== undefined) builder.withServerTimeout(serverTimeout);
        if (keepAlive !== undefined) builder.withKeepAliveInterval(keepAlive);
      },
      reconnectionOptions: {
        ...(retries === undefined ? {} : { maxRetries: retries }),
        ...(interval === undefined ? {} : { retryIntervalMilliseconds: interval }),
      },
    },
  });
};
