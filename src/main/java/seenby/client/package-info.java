/** The members that scenarios play: each polls, sends and acks in its own way over a {@link seenby.load.LoadClient}. */
@NullMarked
package seenby.client;

import org.jspecify.annotations.NullMarked;
