package seenby.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import seenby.json.Json;

class JsonLoggerTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final Logger logger = new JsonLog.Loggers(out).getLogger("seenby.Some");

    private JsonNode line() throws JsonProcessingException {
        String written = bytes.toString(StandardCharsets.UTF_8);
        assertEquals(written.length() - 1, written.indexOf('\n'), written);
        return Json.read(written.strip());
    }

    @Test
    void aLineTellsTheLevelTheLoggerAndTheMessage() throws JsonProcessingException {
        logger.warn("The group {} is \"{}\"\nand more", "ops", "ä");

        assertEquals("WARN", line().get("level").asText());
        assertEquals("seenby.Some", line().get("logger").asText());
        assertEquals("The group ops is \"ä\"\nand more", line().get("message").asText());
        assertTrue(line().get("error") == null);
    }

    @Test
    void aFailureIsInTheSameLine() throws JsonProcessingException {
        logger.error("{} failed", "It", new IllegalStateException("why"));

        assertEquals("It failed", line().get("message").asText());
        assertTrue(line().get("error").asText().startsWith("java.lang.IllegalStateException: why\n\tat seenby."));
    }

    @Test
    void valuesAreFieldsOfTheirOwn() throws JsonProcessingException {
        logger.atInfo().addKeyValue("bytes", 12).log("answered");

        assertEquals(12, line().get("bytes").asInt());
        assertEquals("answered", line().get("message").asText());
    }

    @Test
    void theLevelsAreThoseOfPlainLines() {
        logger.debug("debug");
        logger.atDebug().addKeyValue("key", 1).log("debug");
        new JsonLog.Loggers(out).getLogger("org.eclipse.jetty.Some").info("info");

        assertEquals("", bytes.toString(StandardCharsets.UTF_8));
    }
}
