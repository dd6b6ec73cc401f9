package seenby.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.options.ServiceWorkerPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import seenby.support.ApiClient;
import seenby.support.RunningServer;
import seenby.support.Tools;

/** The page reports a lost connection, and gets what it missed after it reconnects. */
@ResourceLock(Chromium.LOCK)
class ReconnectIT {
    /** On a fixed port, because the page must find the server again after a restart. */
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer("http.port=" + Tools.freePort(), "receipts.coalesce=50ms");

    @RegisterExtension
    static final TestBrowser BROWSER = new TestBrowser(SERVER);

    private final List<ApiClient> people = SERVER.users("ann", "bob");
    private final String group = SERVER.group(people.get(0), people.get(1));

    @Test
    void afterARestartThePageContinuesWithoutAGapOrARepeat() {
        Visitor sender = BROWSER.as(people.get(0)).open(group);
        Visitor reader = BROWSER.as(people.get(1)).open(group);
        sender.write("before");
        assertThat(reader.message(1)).containsText("before");
        assertThat(sender.receipt(1)).hasText("Read");

        SERVER.stop();
        assertThat(reader.status()).containsText("Connection lost");
        SERVER.start();
        people.get(0).send(group, "meanwhile");

        assertThat(reader.status()).containsText("Connected again.");
        sender.write("after");
        assertThat(reader.message(3)).containsText("after");
        assertThat(sender.receipt(3)).hasText("Read");
        for (Visitor visitor : List.of(sender, reader)) {
            assertEquals(
                    List.of("before", "meanwhile", "after"),
                    visitor.page().locator(".message .text").allTextContents());
        }
    }

    @Test
    void aPageThatIsReloadedWithoutAServerComesBackWithIt() {
        Visitor visitor = BROWSER.visitor(options -> options.setServiceWorkers(ServiceWorkerPolicy.ALLOW))
                .signIn(people.get(0))
                .open(group);
        visitor.composer().fill("half a thou");
        visitor.page().waitForCondition(() -> (Boolean) visitor.page()
                .evaluate("async () => !!(await caches.match('/') && await caches.match('/web/app.js')"
                        + " && (await navigator.serviceWorker.getRegistration('/'))?.active)"));

        SERVER.stop();
        visitor.page().reload();
        assertThat(visitor.page().locator("#waiting-why")).containsText("goes on by itself");
        SERVER.start();

        assertThat(visitor.page().locator(".conversation h2")).hasText(group);
        assertThat(visitor.composer()).hasValue("half a thou");
    }

    @Test
    void aDraftSurvivesASwitchOfGroupsAndAReload() {
        String other = SERVER.group(people.get(0));
        Visitor writer = BROWSER.as(people.get(0)).open(group);
        writer.composer().fill("half a thou");

        writer.open(other);
        assertThat(writer.composer()).hasValue("");
        writer.page().reload();

        writer.open(group);
        assertThat(writer.composer()).hasValue("half a thou");
    }

    @Test
    void aRevokedTokenLeadsBackToTheSignIn() {
        ApiClient person = SERVER.user("eve");
        Visitor visitor = BROWSER.as(person);

        SERVER.admin().post("/v1/users/" + person.id() + "/token").expect(200);

        assertThat(visitor.page().locator("#token-error"))
                .hasText("You were signed out: your token is no longer valid.");
        assertThat(visitor.page().locator("#desk")).isHidden();
    }

    @Test
    void aWrongTokenIsReportedAtTheSignIn() {
        Visitor visitor = BROWSER.visitor();

        for (String token : List.of("wrong", "密码")) {
            visitor.page().locator("#token").fill(token);
            visitor.page().locator("#token").press("Enter");
            assertThat(visitor.page().locator("#token-error")).hasText("This token is not valid.");
        }
        assertEquals("null", String.valueOf(visitor.page().evaluate("sessionStorage.getItem('token')")));
    }

    @Test
    void aRemovedMemberIsToldAndTheGroupDisappears() {
        Visitor visitor = BROWSER.as(people.get(1)).open(group);

        people.get(0)
                .delete("/v1/groups/" + group + "/members/" + people.get(1).id())
                .expect(204);

        assertThat(visitor.status()).containsText("You are no longer in " + group);
        assertThat(visitor.page().locator(".conversation")).hasCount(0);
        assertThat(visitor.page().locator("a.group")).hasCount(0);
    }

    @Test
    void anAddedMemberSeesTheGroupWithItsFirstMessage() {
        ApiClient newcomer = SERVER.user("eve");
        Visitor visitor = BROWSER.as(newcomer);
        assertThat(visitor.page().getByText("No groups yet")).isVisible();

        people.get(0).put("/v1/groups/" + group + "/members/" + newcomer.id()).expect(201);
        people.get(0).send(group, "Welcome");

        visitor.open(group);
        assertThat(visitor.message(1)).containsText("Welcome");
    }
}
