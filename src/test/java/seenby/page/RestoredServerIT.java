package seenby.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static seenby.support.Eventually.eventually;

import com.microsoft.playwright.Locator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import redis.clients.jedis.UnifiedJedis;
import seenby.support.ApiClient;
import seenby.support.RunningServer;
import seenby.support.Tools;

/**
 * The server is restored from a backup while the page is open. The page shows what the server has, and skips nothing.
 */
@ResourceLock(Chromium.SECOND_LOCK)
class RestoredServerIT {
    /** On a fixed port, because the page must find the server again. */
    @RegisterExtension
    static final RunningServer SERVER = new RunningServer("http.port=" + Tools.freePort(), "receipts.coalesce=50ms");

    @RegisterExtension
    static final TestBrowser BROWSER = new TestBrowser(SERVER);

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final String group = SERVER.group(ann, bob);
    private final String other = SERVER.group(ann, bob);

    private static Map<String, byte[]> backup() {
        UnifiedJedis redis = SERVER.redis().client();
        Map<String, byte[]> dumps = new HashMap<>();
        redis.keys("sb:*").stream()
                .filter(key -> redis.type(key).matches("string|hash|set|zset|stream"))
                .forEach(key -> dumps.put(key, redis.dump(key)));
        return dumps;
    }

    private static void restore(Map<String, byte[]> backup) {
        SERVER.stop();
        UnifiedJedis redis = SERVER.redis().client();
        redis.keys("sb:*").forEach(redis::del);
        backup.forEach((key, dump) -> redis.restore(key, 0, dump));
        // as in a backup that is older than a minute
        redis.hincrBy("sb:line", "number", -1);
        SERVER.start();
    }

    private void send(String... texts) {
        List.of(texts).forEach(text -> ann.send(group, text));
    }

    private long lastAck() {
        return bob.get("/v1/groups/" + group).json().get("last_ack").asLong();
    }

    private static List<String> texts(Visitor reader) {
        return reader.page().locator(".message .text").allTextContents();
    }

    private static void awaitTexts(Visitor reader, String... texts) {
        eventually("the page shows " + List.of(texts), () -> texts(reader).equals(List.of(texts)));
    }

    private static Locator badge(Visitor reader, String group) {
        return reader.page().locator("a.group[data-id='" + group + "'] .badge");
    }

    @Test
    void messagesThatTheServerLostAreReplacedByThoseThatItHas() {
        send("one", "two");
        Visitor reader = BROWSER.as(bob).open(group);
        awaitTexts(reader, "one", "two");
        eventually("all is read", () -> lastAck() == 2);
        Map<String, byte[]> backup = backup();
        send("lost three", "lost four");
        awaitTexts(reader, "one", "two", "lost three", "lost four");
        eventually("all is read", () -> lastAck() == 4);
        reader.hideTab();

        restore(backup);
        send("new three", "new four", "new five");
        ann.send(other, "elsewhere");

        awaitTexts(reader, "one", "two", "new three", "new four", "new five");
        assertThat(badge(reader, group)).hasText("3");
        assertThat(badge(reader, other)).hasText("1");
        assertEquals(2, lastAck(), "nobody has seen the new messages yet");
        reader.showTab();
        assertThat(badge(reader, group)).hasCount(0);
        eventually("all is read", () -> lastAck() == 5);
        send("six");
        awaitTexts(reader, "one", "two", "new three", "new four", "new five", "six");
    }

    @Test
    void messagesThatTheServerStillHasStayOnThePage() {
        send("one", "two", "three");
        Map<String, byte[]> backup = backup();
        Visitor reader = BROWSER.as(bob).open(group);
        awaitTexts(reader, "one", "two", "three");
        eventually("all is read", () -> lastAck() == 3);
        reader.page().locator("#message-1").evaluate("message => message.dataset.mark = 'the same element'");

        restore(backup);

        eventually("what was read is read again", () -> lastAck() == 3);
        assertThat(reader.message(1)).hasAttribute("data-mark", "the same element");
        send("four");
        awaitTexts(reader, "one", "two", "three", "four");
        eventually("all is read", () -> lastAck() == 4);
    }
}
