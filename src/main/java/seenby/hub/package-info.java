/**
 * What this instance knows of the groups and users that somebody waits for, and who waits. It is a memory of the store
 * that wakes keep up to date.
 */
@NullMarked
package seenby.hub;

import org.jspecify.annotations.NullMarked;
