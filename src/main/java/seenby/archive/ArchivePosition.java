package seenby.archive;

import seenby.segment.SegmentType;

/**
 * Up to where a group is archived. The store decides this, not the files.
 *
 * @param receipts the last message whose receipts are archived; 0 if none are
 * @param messages the last message that is archived; 0 if none is
 */
public record ArchivePosition(long receipts, long messages) {
    long of(SegmentType type) {
        return type == SegmentType.RECEIPTS ? receipts : messages;
    }
}
