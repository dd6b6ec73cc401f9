package seenby.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** A text that a user sends on a bad network arrives once, in its order, and is nowhere lost on the way. */
@ResourceLock(Chromium.SECOND_LOCK)
class SendIT {
    private static final String MESSAGES = "**/v1/groups/*/messages";

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared("receipts.coalesce=50ms");

    @RegisterExtension
    static final TestBrowser BROWSER = new TestBrowser(SERVER);

    private final List<ApiClient> people = SERVER.users("ann", "bob");
    private final ApiClient ann = people.get(0);
    private final String group = SERVER.group(ann, people.get(1));

    private static Locator waiting(Visitor visitor) {
        return visitor.page().locator(".waiting-texts li");
    }

    private static Locator error(Visitor visitor) {
        return visitor.page().locator("#text-error");
    }

    /** The texts of the group as the server has them. */
    private List<String> stored() {
        return ApiClient.each(
                ann.get("/v1/groups/" + group + "/messages?after=0")
                        .expect(200)
                        .json()
                        .get("messages"),
                "text");
    }

    @Test
    void aTextWhoseAnswerIsLostIsSentAgainByItselfAndArrivesOnce() {
        Visitor sender = BROWSER.as(ann).open(group);
        sender.page().route(MESSAGES, route -> {
            // the server stores the message, and the answer is lost
            route.fetch();
            route.abort();
        });
        sender.write("only once");
        assertThat(waiting(sender)).hasText("only once");
        assertThat(sender.page().locator(".waiting-texts")).containsText("Not sent yet. The server can’t be reached.");
        assertThat(sender.composer()).hasValue("");

        sender.page().unroute(MESSAGES);

        assertThat(waiting(sender)).hasCount(0);
        assertThat(sender.message(1).locator(".text")).hasText("only once");
        assertEquals(List.of("only once"), stored());
    }

    @Test
    void textsWaitThroughAReloadAndASwitchOfGroupsAndKeepTheirOrder() {
        String other = SERVER.group(ann);
        Visitor sender = BROWSER.as(ann).open(group);
        sender.page().route(MESSAGES, route -> {
            if (route.request().method().equals("POST")) {
                route.fulfill(new Route.FulfillOptions().setStatus(502).setBody("<h1>Bad Gateway</h1>"));
            } else {
                route.resume();
            }
        });
        List.of("one", "two", "three").forEach(sender::write);
        assertThat(waiting(sender)).hasText(new String[] {"one", "two", "three"});

        sender.page().reload();
        assertThat(waiting(sender)).hasText(new String[] {"one", "two", "three"});
        sender.open(other);
        assertThat(waiting(sender)).hasCount(0);
        sender.page().unroute(MESSAGES);
        sender.open(group);

        assertThat(waiting(sender)).hasCount(0);
        assertThat(sender.page().locator(".message .text")).hasText(new String[] {"one", "two", "three"});
        assertEquals(List.of("one", "two", "three"), stored());
    }

    @Test
    void aSlowSendSwallowsNoKeystroke() {
        List<Route> held = new ArrayList<>();
        Visitor sender = BROWSER.as(ann).open(group);
        sender.page().route(MESSAGES, held::add);
        sender.composer().focus();

        sender.page().keyboard().type("first");
        sender.page().keyboard().press("Enter");
        sender.page().keyboard().type("second, written while the first is under way");
        sender.page().waitForCondition(() -> !held.isEmpty());
        assertThat(waiting(sender)).hasText("first");
        assertThat(sender.page().locator(".waiting-texts")).containsText("Sending …");
        sender.page().unroute(MESSAGES);
        held.forEach(Route::resume);

        assertThat(sender.message(1).locator(".text")).hasText("first");
        assertThat(sender.composer()).hasValue("second, written while the first is under way");
        assertThat(sender.composer()).isFocused();
    }

    @Test
    void aRefusedTextIsInTheComposerAgainWithTheReasonBesideIt() {
        Visitor sender = BROWSER.as(ann).open(group);
        String tooLong = "x".repeat(16 * 1024 + 1);

        sender.write(tooLong);

        assertThat(error(sender)).containsText("at most 16384 bytes");
        assertThat(sender.composer()).hasValue(tooLong);
        sender.write("short");
        assertThat(sender.message(1).locator(".text")).hasText("short");
        assertThat(error(sender)).isEmpty();
    }

    @Test
    void aTextWaitsForTheNextSignInOfAUserWhoseTokenWasRevoked() {
        Visitor sender = BROWSER.as(ann).open(group);
        sender.page().route(MESSAGES, Route::abort);
        sender.write("sent before");
        assertThat(waiting(sender)).hasCount(1);
        sender.composer().fill("half a thou");

        String token = SERVER.admin()
                .post("/v1/users/" + ann.id() + "/token")
                .expect(200)
                .json()
                .get("token")
                .asText();
        assertThat(sender.page().locator("#token-error")).containsText("You were signed out");
        sender.page().unroute(MESSAGES);
        sender.page().locator("#token").fill(token);
        sender.page().locator("#token").press("Enter");

        assertThat(sender.message(1).locator(".text")).hasText("sent before");
        assertThat(sender.composer()).hasValue("half a thou");
    }

    @Test
    void aTextWhoseGroupIsGoneIsShown() {
        Visitor sender = BROWSER.as(people.get(1)).open(group);
        sender.composer().fill("too late");

        ann.delete("/v1/groups/" + group).expect(204);

        assertThat(sender.status()).containsText("Your text was not sent.");
        sender.button("Show the text").click();
        assertThat(sender.dialog().locator("textarea")).hasValue("too late");
    }

    @Test
    void enterSendsAtADeskOnly() {
        Visitor desk = BROWSER.as(ann).open(group);
        desk.composer().fill("完成");
        desk.composer()
                .evaluate("field => field.dispatchEvent(new KeyboardEvent('keydown',"
                        + " { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }))");
        desk.composer().press("Shift+Enter");
        assertThat(desk.composer()).hasValue("完成\n");
        assertThat(desk.page().locator(".message")).hasCount(0);
        desk.composer().press("Enter");
        assertThat(desk.message(1)).isVisible();

        Visitor phone = BROWSER.visitor(options ->
                        options.setViewportSize(360, 640).setHasTouch(true).setIsMobile(true))
                .signIn(ann)
                .open(group);
        phone.composer().focus();
        phone.page().keyboard().type("two");
        phone.page().keyboard().press("Enter");
        phone.page().keyboard().type("lines");
        assertThat(phone.composer()).hasValue("two\nlines");
        phone.button("Send").tap();
        assertThat(phone.message(2).locator(".text")).hasText("two\nlines");
    }

    @Test
    void theFieldGrowsWithItsTextAndShrinksAgain() {
        Visitor sender = BROWSER.as(ann).open(group);
        double empty = height(sender.composer());

        sender.composer().fill("a line\n".repeat(5));
        assertEquals(empty + 5 * 24, height(sender.composer()), 3);
        sender.composer().fill("a line\n".repeat(200));
        assertEquals(0.4 * 720, height(sender.composer()), 3);
        sender.page().setViewportSize(1120, 480);
        sender.page().waitForCondition(() -> height(sender.composer()) < 0.4 * 500);
        sender.composer().press("Enter");

        assertThat(sender.message(1)).isVisible();
        assertEquals(empty, height(sender.composer()), 1);
    }

    private static double height(Locator element) {
        return element.boundingBox().height;
    }
}
