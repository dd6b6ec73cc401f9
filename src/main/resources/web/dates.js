// Times and days in words.
import { LANGUAGE, text } from './texts.js';

const OURS = LANGUAGE === 'zh' || /^en\b/i.test(navigator.language);
const LOCALE = OURS ? navigator.language : 'en';
const DAY_MILLIS = 86_400_000;

const CLOCK = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const DAY = new Intl.DateTimeFormat(LOCALE, { weekday: 'long', day: 'numeric', month: 'long' });
const DAY_AND_YEAR = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'long', year: 'numeric' });
const SHORT = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short' });

const midnight = time => new Date(time).setHours(0, 0, 0, 0);

export const sameDay = (a, b) => midnight(a) === midnight(b);

/** The time of day. */
export const clock = time => CLOCK.format(new Date(time));

/** The day of a time, as a heading. */
export function day(time) {
  const date = new Date(time);
  // rounded, because a day on which the clocks change is not 24 hours long
  const days = Math.round((midnight(new Date()) - midnight(date)) / DAY_MILLIS);
  if (days === 0 || days === 1) {
    return text(days === 0 ? 'today' : 'yesterday');
  }
  return (date.getFullYear() === new Date().getFullYear() ? DAY : DAY_AND_YEAR).format(date);
}

/** The time of day, with the day where it is not today. */
export const when = time => sameDay(time, new Date()) ? clock(time) : `${SHORT.format(new Date(time))}, ${clock(time)}`;
