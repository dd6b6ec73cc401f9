/** The long poll: register, look, wait; one answer for all groups of a user. */
@NullMarked
package seenby.update;

import org.jspecify.annotations.NullMarked;
