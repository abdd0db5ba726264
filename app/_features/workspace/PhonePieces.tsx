/** What only a phone shows, in one piece of code: it is shown together. */
export { KeyBar } from './KeyBar.tsx';
export { PhoneSwitch } from './PhoneSwitch.tsx';
export { TaskStrip } from './TaskStrip.tsx';
