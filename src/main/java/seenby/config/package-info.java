/** What the server can be told: the keys, their defaults, where they come from and what they take. */
@NullMarked
package seenby.config;

import org.jspecify.annotations.NullMarked;
