package seenby.demo;

import java.util.List;
import seenby.load.Traffic;

/** Members of a group whose requests are counted together. */
record Crowd(List<ArticleMember> members, Traffic traffic) {

    /**
     * What the members have done and received so far.
     *
     * @param deliveries messages that reached a member, counted once per member
     * @param repeats messages that reached a member again
     * @param garbled deliveries whose text differs from what was sent
     * @param acks acks that polls carried
     * @param receipts readers of sent messages that their senders know of
     * @param beyond requests that are neither polls nor sends; separate acks are among them
     */
    record CrowdCounts(
            long sends,
            long polls,
            long deliveries,
            long repeats,
            long garbled,
            long acks,
            long receipts,
            long ackRequests,
            long beyond) {}

    boolean has(long id) {
        return members.stream().allMatch(member -> member.has(id));
    }

    long receipts() {
        return members.stream().mapToLong(member -> member.tally().receipts()).sum();
    }

    /** @param texts the texts that were sent, in order */
    CrowdCounts figures(List<String> texts) {
        List<ArticleMember.Tally> tallies =
                members.stream().map(ArticleMember::tally).toList();
        return new CrowdCounts(
                traffic.of(Traffic.RequestType.SEND),
                traffic.of(Traffic.RequestType.POLL),
                tallies.stream().mapToLong(it -> it.messages().size()).sum(),
                tallies.stream().mapToLong(ArticleMember.Tally::repeats).sum(),
                tallies.stream().mapToLong(it -> garbled(it, texts)).sum(),
                tallies.stream().mapToLong(ArticleMember.Tally::acks).sum(),
                tallies.stream().mapToLong(ArticleMember.Tally::receipts).sum(),
                traffic.of(Traffic.RequestType.ACK),
                traffic.beyond());
    }

    private static long garbled(ArticleMember.Tally tally, List<String> texts) {
        return tally.messages().entrySet().stream()
                .filter(message -> message.getKey() > texts.size()
                        || !message.getValue().equals(texts.get(message.getKey().intValue() - 1)))
                .count();
    }
}
