/** What is said: messages, stored once each, in the order of their group. */
@NullMarked
package seenby.message;

import org.jspecify.annotations.NullMarked;
