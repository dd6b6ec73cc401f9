package seenby.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import seenby.checker.Operation.Kind;
import seenby.checker.Operation.Outcome;

/** The checker finds each broken promise in a record made by hand, says it in words, and finds no other. */
class CheckerTest {
    private final Story story = new Story();

    private void assertViolations(String... expected) {
        assertEquals(List.of(expected), story.violations());
    }

    /** Two messages that all have got. */
    private Story twoMessages() {
        story.sent("ann", "one").sent("bob", "two");
        return story.polled("ann", 1L, 2L).polled("bob", 1L, 2L).polled("cem", 1L, 2L);
    }

    /** Two messages, of which bob has read both. */
    private Story twoMessagesRead() {
        return twoMessages().acked("bob", 2).heard("ann", "bob", 1, 2).heard("cem", "bob", 1, 2);
    }

    @Test
    void nothingIsWrong() {
        twoMessagesRead();
        assertViolations();
    }

    @Test
    void aMessageThatWasAnsweredIsLost() {
        twoMessages().answered("cem", 3, "three");
        assertViolations("ops 3 \"three\" was answered with 201 at 0.060 to 0.061 s, and is not there");
    }

    @Test
    void aMessageIsThereTwice() {
        twoMessages().stored("bob", "two");
        assertViolations("ops 3 \"two\" was stored before, as 2");
    }

    @Test
    void aMessageWithoutAnAnswerMayBeThereOnce() {
        twoMessages().triedToSend("cem", "three").triedToSend("cem", "four").stored("cem", "three");
        story.polled("ann", 3L).polled("bob", 3L).polled("cem", 3L);
        assertViolations();
    }

    @Test
    void aMessageIsThereThatNobodySent() {
        twoMessages().stored("cem", "three");
        assertViolations("ops 3 \"three\" was never sent by cem");
    }

    @Test
    void theOrderIsNotThatOfTheAnswers() {
        story.answered("ann", 2, "one").answered("bob", 1, "two");
        story.stored("bob", "two").stored("ann", "one");
        assertViolations("ops 2 \"one\" was answered before a message with a lower id was sent");
    }

    @Test
    void oneMemberReadsAnotherHistory() {
        twoMessages().histories.put("cem", List.of(story.messages.get(1), story.messages.get(0)));
        assertViolations("cem reads another history of ops");
    }

    @Test
    void idsHaveAGap() {
        twoMessages().messages.set(1, new StoredMessage(Story.GROUP, 3, "bob", "two"));
        assertEquals(
                "ids have a gap: ops 3 \"two\" comes at 2", story.violations().get(0));
    }

    @Test
    void anAckThatWasAnsweredIsLost() {
        twoMessagesRead().reads(1).clear();
        story.unread(1).add("bob");
        assertViolations("ops 1: bob has acked it, and is no reader");
    }

    @Test
    void aReaderNeverAcked() {
        twoMessages().reads(1).put("cem", "ten");
        story.unread(1).remove("cem");
        assertViolations(
                "ops 1: cem is a reader, and never acked it",
                "ann never heard that cem read ops 1 \"one\"",
                "bob never heard that cem read ops 1 \"one\"");
    }

    @Test
    void aRecipientIsNotNamed() {
        twoMessages().unread(1).remove("cem");
        assertViolations("ops 1: cem owes a receipt, and is not named");
    }

    @Test
    void aSenderIsCounted() {
        twoMessages().unread(1).add("ann");
        assertViolations("ops 1 counts its sender ann");
    }

    @Test
    void countsAreNotThoseOfTheLists() {
        twoMessages().looked(1, Map.of(), Set.of("bob", "cem"), new ReceiptView.Counts(2, 1, 1));
        assertViolations("ops 1 has 2 recipients, 1 read, 1 unread, and lists [] and [bob, cem]");
    }

    @Test
    void theListOfAllCountsDiffers() {
        twoMessages().listed(1, new ReceiptView.Counts(2, 1, 1));
        assertViolations("ops 1 has 2 recipients, 0 read, 2 unread, and in the list 2 recipients, 1 read, 1 unread");
    }

    @Test
    void aReaderIsForgotten() {
        twoMessagesRead().looked(1, Map.of("bob", "nine"), Set.of("cem"), new ReceiptView.Counts(2, 1, 1));
        assertViolations("ops 1: bob was a reader at nine, and is one at ten");
    }

    @Test
    void anAckIsSeenTooLate() {
        twoMessagesRead().looked(1, Map.of(), Set.of("bob", "cem"), new ReceiptView.Counts(2, 0, 2));
        assertViolations("ops 1: bob had acked it, and was no reader at 0.090 to 0.091 s");
    }

    @Test
    void aCursorGoesBack() {
        twoMessagesRead().acked("bob", 1);
        story.cursors.put("bob", 2L);
        assertViolations("the cursor of bob in ops went back from 2 to 1 at 0.090 to 0.091 s");
    }

    @Test
    void aCursorIsBehindItsAnswer() {
        twoMessagesRead().cursors.put("bob", 1L);
        assertViolations("bob has acked ops up to 2, and its cursor is 1");
    }

    @Test
    void aCursorIsAheadOfAllAcks() {
        twoMessages().cursors.put("ann", 2L);
        assertViolations("the cursor of ann in ops is 2, and nothing puts it beyond 1");
    }

    @Test
    void aCursorIsBehindAJoin() {
        twoMessages().rejoined("cem").cursors.put("cem", 1L);
        assertViolations("cem has joined ops after 2, and its cursor is 1");
    }

    @Test
    void anAckMovesACursorThatIsBehindAJoin() {
        twoMessages().rejoined("cem").sent("ann", "three");
        story.polled("ann", 3L).polled("bob", 3L).polled("cem", 3L);
        story.acked("cem", 3, 3, 2).heard("ann", "cem", 3, 3).heard("bob", "cem", 3, 3);
        assertViolations("an ack moved the cursor of cem in ops from 1 at 0.120 to 0.121 s, and it was 2");
    }

    @Test
    void aPollSkipsAMessage() {
        story.sent("ann", "one").sent("bob", "two");
        story.polled("ann", 1L, 2L).polled("bob", 1L, 2L).polled("cem", 2L);
        assertViolations("cem got ops 2 \"two\" at 0.050 to 0.051 s after 0");
    }

    @Test
    void aPollRepeatsAMessage() {
        twoMessages().polled("cem", 2L);
        assertViolations("cem got ops 2 \"two\" at 0.060 to 0.061 s again");
    }

    @Test
    void aPollNeverGetsAMessage() {
        story.sent("ann", "one").polled("ann", 1L).polled("bob", 1L);
        assertViolations("cem never got ops 1");
    }

    @Test
    void aPollIsNotToldOfAMessage() {
        story.sent("ann", "one")
                .polled("ann", 1L)
                .polled("bob", 1L)
                .polledFor("cem", 20)
                .polled("cem", 1L);
        assertViolations("cem was not told of ops 1 in its poll of 0.030 to 20.030 s");
    }

    @Test
    void aPollForgetsItsPosition() {
        twoMessages().resynced("cem", Set.of(), Set.of("ops"));
        assertViolations("cem was told at 0.060 to 0.061 s to resync [ops]");
    }

    @Test
    void aMemberIsToldThatItLeft() {
        twoMessages().resynced("cem", Set.of("ops"), Set.of());
        assertEquals(
                "cem was told at 0.060 to 0.061 s that it has left ops",
                story.violations().get(0));
    }

    @Test
    void aReadIsNeverTold() {
        twoMessages().acked("bob", 1).heard("ann", "bob", 1, 1);
        assertViolations("cem never heard that bob read ops 1 \"one\"");
    }

    @Test
    void aPollIsNotToldOfARead() {
        twoMessages()
                .acked("bob", 1)
                .polledFor("ann", 20)
                .heard("ann", "bob", 1, 1)
                .heard("cem", "bob", 1, 1);
        assertViolations("ann was not told in its poll of 0.060 to 20.060 s that bob read ops 1 \"one\"");
    }

    @Test
    void aPollAtOnceLacksARead() {
        twoMessages()
                .acked("bob", 1)
                .polledAtOnce("ann")
                .heard("ann", "bob", 1, 1)
                .heard("cem", "bob", 1, 1);
        assertViolations("ann was told of all reads at 0.070 to 0.071 s, and not that bob read ops 1 \"one\"");
    }

    @Test
    void anAnswerWithAMessageLacksARead() {
        twoMessages().acked("bob", 1).waits(20).sent("bob", "three").polled("ann", 3L);
        story.heard("ann", "bob", 1, 1).heard("cem", "bob", 1, 1);
        story.polled("bob", 3L).polled("cem", 3L);
        assertViolations("ann was told of all reads at 20.080 to 20.081 s, and not that bob read ops 1 \"one\"");
    }

    @Test
    void aReadIsToldThatNeverWas() {
        twoMessages().heard("ann", "cem", 1, 2);
        assertViolations("ann heard at 0.060 to 0.061 s that cem read ops 1 to 2, and it never acked that");
    }

    @Test
    void aMemberIsRefused() {
        twoMessages().refused(Kind.ACK, "cem");
        assertViolations("cem is a member of ops, and its ACK was refused with 404 at 0.060 to 0.061 s");
    }

    @Test
    void whoHasLeftOwesNothing() {
        twoMessages().did(Kind.LEAVE, "cem", Outcome.OK);
        assertViolations(
                "ops 1: cem has not read it, and owes nothing any more",
                "ops 2: cem has not read it, and owes nothing any more");
    }

    @Test
    void whoOptedOutIsNotCounted() {
        story.did(Kind.OPT_OUT, "cem", Outcome.OK);
        twoMessages();
        assertViolations(
                "ops 1 has 2 recipients, not 1 to 1",
                "ops 2 has 2 recipients, not 1 to 1",
                "ops 1: cem is named, and owes nothing for it",
                "ops 2: cem is named, and owes nothing for it");
    }

    @Test
    void whoMayHaveLeftMayBeNamedOrNot() {
        story.did(Kind.LEAVE, "cem", Outcome.UNKNOWN);
        twoMessages().unread(1).remove("cem");
        assertViolations();
    }
}
