package seenby.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static seenby.support.Eventually.eventually;

import com.microsoft.playwright.Locator;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import seenby.support.ApiClient;
import seenby.support.RunningServer;
import seenby.support.Sweeps;

/**
 * With a keyboard alone: whatever goes away, the focus stays on the page. Each frame is looked at, not the end only.
 */
@ResourceLock(Chromium.SECOND_LOCK)
class FocusIT {
    private static final String WATCH = "() => { window.act = ''; window.lost = []; const look = () => {"
            + " const active = document.activeElement;"
            + " if ((!active || active === document.body) && !lost.includes(act)) { lost.push(act); }"
            + " requestAnimationFrame(look); }; look(); }";

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(Sweeps.RETENTION, "message.retention=1d", "receipts.coalesce=50ms");

    @RegisterExtension
    static final TestBrowser BROWSER = new TestBrowser(SERVER);

    private final List<ApiClient> people = SERVER.users("ann", "bob", "eve", "zoe");
    private final ApiClient ann = people.get(0);
    private final ApiClient bob = people.get(1);
    private final ApiClient eve = people.get(2);
    private final String group = SERVER.group(ann, bob, eve);
    private Visitor visitor = BROWSER.visitor();

    private void watch(Visitor signedIn) {
        visitor = signedIn;
        visitor.page().evaluate(WATCH);
    }

    /** Names what is done next, for the message of a failure. */
    private void act(String name) {
        visitor.page().evaluate("name => { window.act = name; }", name);
    }

    private void press(String act, Locator element) {
        act(act);
        element.focus();
        element.press("Enter");
    }

    private void press(String act, String button) {
        press(act, visitor.button(button));
    }

    /** Presses a button of the dialog that lies above all. */
    private void confirm(String act, String selector) {
        press(act, visitor.dialog().last().locator(selector));
    }

    private void escape(String act) {
        act(act);
        visitor.page().keyboard().press("Escape");
        assertThat(visitor.dialog()).hasCount(0);
    }

    @AfterEach
    void theBodyNeverHadTheFocus() {
        visitor.page()
                .evaluate("() => new Promise(frame => requestAnimationFrame(() => requestAnimationFrame(frame)))");
        assertEquals(List.of(), visitor.page().evaluate("lost"));
    }

    @Test
    void dialogsThatCloseAndRowsThatGo() {
        watch(visitor.signIn(ann).open(group));
        press("open the account", "Your account");
        escape("close the account");
        assertThat(visitor.button("Your account")).isFocused();

        press("open the group", "Group");
        press("remove a member", "Remove " + bob.id());
        confirm("confirm", "button.danger");
        assertThat(visitor.dialog().locator(".rows li")).hasCount(2);
        assertThat(visitor.button("Remove " + eve.id())).isFocused();
        press("remove the last other member", "Remove " + eve.id());
        confirm("confirm", "button.danger");
        assertThat(visitor.dialog().locator(".rows li")).hasCount(1);
        escape("close the group");
        assertThat(visitor.button("Group")).isFocused();

        press("make a group", "New group");
        visitor.dialog().locator("input").first().fill("made-" + ann.id());
        visitor.page().keyboard().press("Enter");
        assertThat(visitor.composer()).isFocused();

        press("open the new group", "Group");
        press("delete it", visitor.dialog().locator(".endings button").last());
        confirm("confirm", "button.danger");
        assertThat(visitor.page().locator("a.group")).hasCount(1);
        assertThat(visitor.page().locator("a.group")).isFocused();

        press("sign out", "Sign out");
        assertThat(visitor.page().locator("#token")).isFocused();
    }

    @Test
    void receiptsNudgesAndJumps() {
        IntStream.rangeClosed(1, 40).forEach(i -> bob.send(group, "line " + i + "\n\n\n"));
        ann.ack(group, 40);
        long mine = ann.send(group, "Read this");
        watch(visitor.signIn(ann).open(group));
        assertThat(visitor.message(mine)).isInViewport();

        press("nudge", visitor.message(mine).locator(".nudge"));
        assertThat(visitor.message(mine).locator(".nudge")).hasText("Nudged");
        assertThat(visitor.message(mine).locator(".nudge")).isFocused();
        act("all have read it");
        bob.ack(group, mine);
        eve.ack(group, mine);
        assertThat(visitor.message(mine).locator(".nudge")).isHidden();
        assertThat(visitor.receipt(mine)).isFocused();

        act("scroll up");
        visitor.scrollTo("top");
        press("jump to the end", "Go to the newest message");
        assertThat(visitor.message(mine)).isInViewport();
        assertThat(visitor.button("Go to the newest message")).isHidden();

        act("a nudge came");
        visitor.hideTab();
        long theirs = bob.send(group, "And you?");
        bob.post("/v1/groups/" + group + "/messages/" + theirs + "/nudge").expect(200);
        press("dismiss the nudge", "Dismiss");
        assertThat(visitor.status()).isEmpty();
    }

    @Test
    void peopleWhoAreDeletedAndTokensThatWereSaved() {
        watch(visitor.signIn(SERVER.admin()));
        press("open the people", "People");
        press("delete a person", "Delete: " + eve.id());
        confirm("confirm", "button.danger");
        assertThat(visitor.button("Delete: " + eve.id())).hasCount(0);

        press("ask for a token", "New token: " + bob.id());
        confirm("confirm", "button.danger");
        assertThat(visitor.button("Copy")).isFocused();
        press("close the token", "I have saved it");
        assertThat(visitor.page().locator(".token")).hasCount(0);
        assertThat(visitor.button("New token: " + bob.id())).isFocused();
        escape("close the people");

        press("open a group from outside", visitor.page().locator("button.group[data-id='" + group + "']"));
        press("delete it", visitor.dialog().locator(".endings button").last());
        confirm("confirm", "button.danger");
        assertThat(visitor.page().locator("button.group[data-id='" + group + "']"))
                .hasCount(0);
    }

    @Test
    void onAPhoneTheListAndTheConversationTakeTurns() {
        watch(BROWSER.visitor(options ->
                        options.setViewportSize(360, 640).setHasTouch(true).setIsMobile(true))
                .signIn(ann));
        act("sign in");
        Locator link = visitor.page().locator("a.group[data-id='" + group + "']");
        press("open a conversation", link);
        assertThat(visitor.page().locator(".conversation")).isVisible();

        press("go back", visitor.page().locator(".back"));
        assertThat(visitor.page().locator(".conversation")).hasCount(0);
        assertThat(link).isFocused();
    }

    @Test
    void theGroupOrItsMessagesGo() {
        bob.send(group, "Soon gone");
        long mine = ann.send(group, "This too");
        watch(visitor.signIn(ann).open(group));
        visitor.receipt(mine).focus();

        act("the message is no longer kept");
        visitor.disconnect(() -> bob.send(group, "The last one seen here"));
        bob.send(group, "Never seen here");
        SERVER.clock().move(Duration.ofDays(2));
        Sweeps.expire(SERVER, group);
        eventually("all is deleted", () -> Sweeps.number(SERVER, group, "first_id") == mine + 3);
        bob.send(group, "Still here");
        visitor.reconnect();
        assertThat(visitor.message(mine + 3)).isVisible();
        assertThat(visitor.message(mine)).hasCount(0);

        act("the group is deleted");
        visitor.composer().focus();
        SERVER.admin().delete("/v1/groups/" + group).expect(204);
        assertThat(visitor.page().locator(".conversation")).hasCount(0);
        assertThat(visitor.page().locator("a.group")).hasCount(0);
    }
}
