package seenby.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** A message is read when it was on the screen for a second while somebody looked, wherever it stands. */
@ResourceLock(Chromium.SECOND_LOCK)
class ReadMessagesIT {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared("receipts.coalesce=50ms");

    @RegisterExtension
    static final TestBrowser BROWSER = new TestBrowser(SERVER);

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final String group = SERVER.group(ann, bob);

    private void send(int from, int upto) {
        IntStream.rangeClosed(from, upto).forEach(id -> ann.send(group, "Line " + id));
    }

    private long lastAck() {
        return bob.get("/v1/groups/" + group).expect(200).json().get("last_ack").asLong();
    }

    /** Which of ann's messages the server knows as read by bob. */
    private List<Long> read(int last) {
        List<Long> ids = new ArrayList<>();
        ann.get("/v1/groups/" + group + "/receipts?from=1&to=" + last)
                .expect(200)
                .json()
                .get("receipts")
                .forEach(receipt -> {
                    if (receipt.get("read").asLong() == 1) {
                        ids.add(receipt.get("id").asLong());
                    }
                });
        return ids;
    }

    private void awaitRead(int last, List<Long> ids) {
        eventually(
                "the server knows that " + ids + " are read", () -> read(last).equals(ids));
    }

    private static Locator badge(Visitor reader) {
        return reader.page().locator(".group.open .badge");
    }

    /** The messages whose time, which stands at their end, is on the screen. */
    private static List<Long> onScreen(Visitor reader) {
        Object ids = reader.page().evaluate("""
                () => {
                  const scroll = document.querySelector('.scroll').getBoundingClientRect();
                  const bar = document.querySelector('.unread-bar').getBoundingClientRect();
                  return [...document.querySelectorAll('.message')].filter(message => {
                    const {top, bottom} = message.querySelector('.at').getBoundingClientRect();
                    const middle = (top + bottom) / 2;
                    return middle > Math.max(scroll.top, bar.bottom) && middle < scroll.bottom;
                  }).map(message => message.id.slice('message-'.length)).join(' ');
                }""");
        return Stream.of(ids.toString().split(" "))
                .filter(id -> !id.isEmpty())
                .map(Long::valueOf)
                .toList();
    }

    private static void setFocus(Page page, boolean focused) {
        page.evaluate(
                "focused => { document.hasFocus = () => focused; dispatchEvent(new Event(focused ? 'focus' : 'blur')); }",
                focused);
    }

    @Test
    void whoJumpsToTheEndHasReadWhatIsThereAndNothingElse() {
        send(1, 200);
        bob.ack(group, 5);
        Visitor reader = BROWSER.as(bob);
        assertThat(reader.page().locator("a.group .badge")).hasText("195");
        reader.open(group);
        assertThat(reader.message(6)).isInViewport();

        reader.button("Go to the newest message").click();
        assertThat(reader.message(200)).isInViewport();
        // a fast click comes before the second of the first messages is over, a slow one does not
        eventually("the newest messages are read", () -> read(200).contains(200L));
        List<Long> atTheEnd = onScreen(reader);
        eventually("all that is in sight is read", () -> read(200).containsAll(atTheEnd));

        assertTrue(lastAck() < 40, "cursor at " + lastAck());
        assertTrue(read(200).size() < 60, "read: " + read(200));
        int unread = 200 - read(200).size();
        assertThat(badge(reader)).hasText(Integer.toString(unread));
        assertThat(reader.page()).hasTitle("(" + unread + ") Seenby");
        reader.page().reload();
        eventually(
                "the same messages are read after a reload",
                () -> badge(reader).isVisible()
                        && Integer.parseInt(badge(reader).textContent()) <= unread);
    }

    @Test
    void aTabWithoutFocusReadsNothingUntilSomebodyMovesThePointer() {
        Visitor reader = BROWSER.visitor();
        reader.page().clock().install();
        reader.signIn(bob).open(group);
        setFocus(reader.page(), false);
        reader.page().clock().fastForward(Duration.ofMinutes(1).toMillis());

        send(1, 2);
        assertThat(reader.message(2)).isInViewport();
        reader.page().clock().fastForward(Duration.ofMinutes(1).toMillis());
        send(3, 3);
        assertThat(reader.message(3)).isInViewport();
        assertThat(badge(reader)).hasText("3");
        assertEquals(List.of(), read(3));

        reader.page().mouse().move(500, 300);

        assertThat(badge(reader)).hasCount(0);
        awaitRead(3, List.of(1L, 2L, 3L));
    }

    @Test
    void whatIsBehindADialogIsNotRead() {
        Visitor reader = BROWSER.visitor();
        reader.page().clock().install();
        reader.signIn(bob).open(group);
        reader.button("Group").click();
        assertThat(reader.dialog()).isVisible();

        send(1, 1);
        assertThat(badge(reader)).hasText("1");
        reader.page().clock().fastForward(Duration.ofMinutes(1).toMillis());
        send(2, 2);
        assertThat(badge(reader)).hasText("2");
        reader.page().keyboard().press("Escape");

        assertThat(badge(reader)).hasCount(0);
        awaitRead(2, List.of(1L, 2L));
    }

    @Test
    void whoAnswersHasReadWhatIsInSight() {
        Visitor reader = BROWSER.as(bob).open(group);
        setFocus(reader.page(), false);
        send(1, 2);
        assertThat(reader.message(2)).isInViewport();

        reader.write("Thanks");

        assertThat(reader.message(3)).containsText("Thanks");
        assertThat(badge(reader)).hasCount(0);
        awaitRead(2, List.of(1L, 2L));
        eventually("the cursor is at the answer", () -> lastAck() == 3);
    }

    /** The server has the answer before the ack, and the page has it by a poll before its own call tells. */
    @Test
    void cursorMovesOverAnAnswerThatWasFasterThanTheAck() {
        Visitor reader = BROWSER.as(bob).open(group);
        setFocus(reader.page(), false);
        send(1, 2);
        assertThat(reader.message(2)).isInViewport();
        List<Route> acks = new ArrayList<>();
        List<Runnable> answers = new ArrayList<>();
        reader.page().route("**/v1/updates", route -> {
            if (acks.isEmpty() && !route.request().postData().contains("\"ack\":{}")) {
                acks.add(route);
            } else {
                route.resume();
            }
        });
        reader.page().route("**/messages", route -> {
            APIResponse answer = route.fetch();
            answers.add(() -> route.fulfill(new Route.FulfillOptions().setResponse(answer)));
        });

        reader.write("Thanks");
        reader.page().waitForCondition(() -> !acks.isEmpty() && !answers.isEmpty());
        acks.get(0).resume();
        assertThat(reader.message(3)).containsText("Thanks");
        answers.get(0).run();

        reader.page().waitForCondition(() -> lastAck() == 3);
    }

    @Test
    void theUsersMessagesAreNeverUnread() {
        send(1, 1);
        bob.send(group, "from a script");
        send(3, 3);
        bob.send(group, "and another");

        Visitor reader = BROWSER.as(bob);

        assertThat(reader.page().locator("a.group .badge")).hasText("2");
        assertThat(reader.page()).hasTitle("(2) Seenby");
    }

    @Test
    void theBarLeadsToTheFirstUnreadMessage() {
        send(1, 200);
        bob.ack(group, 100);
        Visitor reader = BROWSER.as(bob).open(group);
        reader.button("Go to the newest message").click();
        assertThat(reader.message(200)).isInViewport();

        reader.page().locator(".unread-bar .jump").click();

        eventually("the first unread message is in sight", () -> {
            long first = Math.max(101, lastAck() + 1);
            return onScreen(reader).contains(first);
        });
        assertThat(reader.page().locator(".scroll")).isFocused();
    }

    @Test
    void allMessagesAreMarkedAsRead() {
        send(1, 200);
        Visitor reader = BROWSER.as(bob).open(group);
        assertThat(reader.message(1)).isInViewport();

        reader.button("Mark all as read").click();

        assertThat(badge(reader)).hasCount(0);
        assertThat(reader.page().locator(".unread-bar")).isHidden();
        eventually("the server has the ack", () -> lastAck() == 200);
        assertThat(reader.message(1)).isInViewport();
    }
}
