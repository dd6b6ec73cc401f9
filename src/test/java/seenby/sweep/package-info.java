/** The sweep, seen from outside: timers, crashes, full disks. */
@NullMarked
package seenby.sweep;

import org.jspecify.annotations.NullMarked;
