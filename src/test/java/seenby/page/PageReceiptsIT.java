package seenby.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import com.microsoft.playwright.Locator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** The readers of a message are shown under it, and only messages that were on the screen count as read. */
@ResourceLock(Chromium.LOCK)
class PageReceiptsIT {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared("receipts.coalesce=50ms");

    @RegisterExtension
    static final TestBrowser BROWSER = new TestBrowser(SERVER);

    private final List<ApiClient> people = SERVER.users("ann", "bob", "eve");
    private final ApiClient ann = people.get(0);
    private final ApiClient bob = people.get(1);
    private final ApiClient eve = people.get(2);

    private long lastAck(ApiClient reader, String group) {
        return reader.get("/v1/groups/" + group)
                .expect(200)
                .json()
                .get("last_ack")
                .asLong();
    }

    /** Waits for two polls with news. The poll after news carries the pending acks, so any acks were sent by now. */
    private void awaitTwoPolls(String group, Visitor reader) {
        for (String text : List.of("one more", "and another")) {
            ann.send(group, text);
            assertThat(reader.page().locator(".group.open .preview")).containsText(text);
        }
    }

    @Test
    void aMessageSeenByItsReaderIsShownAsReadToItsSender() {
        bob.patch("/v1/me", Map.of("name", "Bob Marsh")).expect(200);
        String group = SERVER.group(ann, bob, eve);
        Visitor sender = BROWSER.as(ann).open(group);
        Visitor reader = BROWSER.as(bob).open(group);

        sender.write("Have you seen this?");

        assertThat(reader.message(1)).containsText("Have you seen this?");
        assertThat(sender.receipt(1)).hasText("Read by 1 of 2");
        sender.receipt(1).click();
        Locator readers = sender.message(1).locator(".readers li");
        assertThat(readers).hasCount(1);
        assertThat(readers.locator(".name")).hasText("Bob Marsh");
        assertThat(readers.locator("time")).hasText(Pattern.compile("\\d\\d:\\d\\d"));
        assertThat(sender.message(1).locator(".waiting li .name")).hasText(eve.id());
    }

    @Test
    void membersWhoSendNoReceiptsAreCounted() {
        ApiClient silent = SERVER.user("silent");
        ApiClient mute = SERVER.user("mute");
        String group = SERVER.group(ann, bob, silent, mute);
        for (ApiClient hidden : List.of(silent, mute)) {
            hidden.patch("/v1/me", Map.of("send_read_receipts", false)).expect(200);
        }
        Visitor sender = BROWSER.as(ann).open(group);

        sender.write("All of you?");
        bob.ack(group, 1);
        assertThat(sender.receipt(1)).hasText("Read by the one who sends receipts");
        sender.receipt(1).click();
        assertThat(sender.message(1).locator(".note")).hasText("2 members don’t send receipts");

        ann.delete("/v1/groups/" + group + "/members/" + bob.id()).expect(204);
        sender.write("Anybody?");
        assertThat(sender.receipt(2)).hasText("2 members don’t send receipts");
        sender.page().reload();
        assertThat(sender.receipt(2)).hasText("2 members don’t send receipts");
    }

    @Test
    void anOpenListOfReadersIsUpdated() {
        String group = SERVER.group(ann, bob, eve);
        Visitor sender = BROWSER.as(ann).open(group);
        sender.write("Anybody?");
        assertThat(sender.receipt(1)).hasText("Read by none of 2 yet");
        sender.receipt(1).click();
        assertThat(sender.message(1).locator(".waiting li")).hasCount(2);

        bob.ack(group, 1);
        eve.ack(group, 1);

        assertThat(sender.message(1).locator(".readers li")).hasCount(2);
        assertThat(sender.message(1).locator(".waiting li")).hasCount(0);
        assertThat(sender.receipt(1)).hasText("Read by all 2");
    }

    @Test
    void underMembersEveryMemberSeesTheReceipts() {
        String group = SERVER.group(ann, bob, eve);
        ann.patch("/v1/groups/" + group, Map.of("receipts", "members")).expect(200);
        ann.send(group, "For all to see");
        eve.ack(group, 1);

        Visitor reader = BROWSER.as(bob).open(group);

        assertThat(reader.receipt(1)).hasText("Read by all 2");
    }

    @Test
    void underOffNoReceiptsAreShown() {
        String group = SERVER.group(ann, bob);
        ann.patch("/v1/groups/" + group, Map.of("receipts", "off")).expect(200);
        Visitor sender = BROWSER.as(ann).open(group);

        sender.write("Unwatched");

        assertThat(sender.message(1)).containsText("Unwatched");
        assertThat(sender.receipt(1)).isHidden();
    }

    @Test
    void messagesOutsideTheScreenStayUnread() {
        String group = SERVER.group(ann, bob);
        for (int i = 1; i <= 40; i++) {
            ann.send(group, "Line " + i + "\n\n\n");
        }

        Visitor reader = BROWSER.as(bob).open(group);

        assertThat(reader.message(1)).isVisible();
        eventually("the messages on the screen are read", () -> lastAck(bob, group) > 0);
        awaitTwoPolls(group, reader);
        long cursor = lastAck(bob, group);
        assertTrue(cursor < 20, "read: " + cursor);
        assertThat(reader.message(cursor)).isInViewport();
        assertThat(reader.message(cursor + 2)).not().isInViewport();
    }

    @Test
    void aJumpToTheEndLeavesWhatWasPassedOverUnread() {
        String group = SERVER.group(ann, bob);
        for (int i = 1; i <= 120; i++) {
            ann.send(group, "Line " + i + "\n\n\n");
        }
        Visitor reader = BROWSER.as(bob).open(group);
        assertThat(reader.message(1)).isInViewport();

        reader.button("Go to the newest message").click();

        assertThat(reader.message(120)).isInViewport();
        awaitTwoPolls(group, reader);
        long cursor = lastAck(bob, group);
        assertTrue(cursor < 60, "read: " + cursor);
    }
}
