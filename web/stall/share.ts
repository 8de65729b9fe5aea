/** Through the phone's own apps, such as a messenger; else the file is saved. */
export const shareFile = async (file: File, title: string, text: string): Promise<void> => {
  const whole = { title, text, files: [file] };
  const offer = navigator.canShare?.(whole) ? whole : navigator.canShare?.({ title, text }) && { title, text };
  if (!offer) return saveFile(file);
  try {
    await navigator.share(offer);
  } catch (error) {
    // The person closed the list of apps.
    if (error instanceof DOMException && error.name === 'AbortError') return;
    saveFile(file);
  }
};

/** How long the browser may take to read the file. */
const KEPT_MILLISECONDS = 60_000;

/** Into the phone's downloads. */
export const saveFile = (file: File): void => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MILLISECONDS);
};
