/** The long poll: it registers, looks and waits, and gives one answer for all groups of a user. */
@NullMarked
package seenby.update;

import org.jspecify.annotations.NullMarked;
