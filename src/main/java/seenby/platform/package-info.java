/** What every room needs from Java and the operating system: threads, files, hashes. It knows no group or message. */
@NullMarked
package seenby.platform;

import org.jspecify.annotations.NullMarked;
