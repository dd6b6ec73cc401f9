package seenby.bench;

import java.util.List;

/** Some members of a group, whose requests are counted together. */
record Crowd(List<ArticleMember> members, Traffic traffic) {

    /**
     * What a crowd has done and seen so far.
     *
     * @param deliveries messages that reached a member, each counted once a member
     * @param repeats messages that reached a member again
     * @param garbled deliveries that are not what was sent under that id
     * @param acks acks that polls carried
     * @param receipts readers that the senders know of, of all messages that they sent
     * @param beyond requests that are neither polls nor sends; acks on their own are among them
     */
    record Figures(
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

    /** @param texts what was sent, the first message first */
    Figures figures(List<String> texts) {
        List<ArticleMember.Tally> tallies =
                members.stream().map(ArticleMember::tally).toList();
        return new Figures(
                traffic.of(Traffic.Kind.SEND),
                traffic.of(Traffic.Kind.POLL),
                tallies.stream().mapToLong(it -> it.messages().size()).sum(),
                tallies.stream().mapToLong(ArticleMember.Tally::repeats).sum(),
                tallies.stream().mapToLong(it -> garbled(it, texts)).sum(),
                tallies.stream().mapToLong(ArticleMember.Tally::acks).sum(),
                tallies.stream().mapToLong(ArticleMember.Tally::receipts).sum(),
                traffic.of(Traffic.Kind.ACK),
                traffic.beyond());
    }

    private static long garbled(ArticleMember.Tally tally, List<String> texts) {
        return tally.messages().entrySet().stream()
                .filter(message -> message.getKey() > texts.size()
                        || !message.getValue().equals(texts.get(message.getKey().intValue() - 1)))
                .count();
    }
}
