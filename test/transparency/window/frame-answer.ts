/** The parsed JSON that the frame's page posts to its parent. */
export const answerOf = (frame: HTMLIFrameElement): Promise<unknown> =>
  new Promise((resolve) => {
    window.addEventListener("message", function hear({ source, data }) {
      if (source !== frame.contentWindow) return;
      window.removeEventListener("message", hear);
      resolve(JSON.parse(data as string));
    });
  });
