package seenby.archive;

import java.time.Instant;
import java.util.Optional;
import seenby.group.GroupId;

/**
 * When a group has to be swept again.
 *
 * @param due when it has something for the archive; empty if nothing will become due
 * @param needsTrim whether archived receipts have left something behind
 */
public record NextSweep(GroupId group, Optional<Instant> due, boolean needsTrim) {}
