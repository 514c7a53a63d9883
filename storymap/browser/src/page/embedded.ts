/** Whether the page asks to be shown in a frame of another: `?embed`. The script in its head has looked. */
export const isEmbedded = (): boolean => document.documentElement.classList.contains("embed");
