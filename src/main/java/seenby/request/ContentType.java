package seenby.request;

import io.javalin.http.Context;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;
import seenby.refusal.Refusal;
import seenby.refusal.Refused;

/**
 * What the headers of a request say about its body: its media type, charset and encoding. Two headers of one name count
 * as one list, as HTTP has it.
 */
public final class ContentType {
    private static final Pattern PARAMETER = Pattern.compile(";\\s*([^=;\\s]*)\\s*=\\s*(\"[^\"]*\"|[^;]*)");

    private static final Set<String> TEXTS = Set.of("text/plain", "text/markdown");

    /** The types that clients send for a body when nobody chose one; curl says that every body is a form. */
    private static final Set<String> UNCHOSEN =
            Set.of("", "application/x-www-form-urlencoded", "application/octet-stream");

    private final String mediaType;
    private final List<String> charsets;
    private final List<String> encodings;

    private ContentType(String mediaType, List<String> charsets, List<String> encodings) {
        this.mediaType = mediaType;
        this.charsets = charsets;
        this.encodings = encodings;
    }

    public static ContentType of(Context ctx) {
        return of(name -> Collections.list(ctx.req().getHeaders(name)));
    }

    /** The type of a request that does not reach Javalin. */
    static ContentType of(Request request) {
        return of(request.getHeaders()::getValuesList);
    }

    private static ContentType of(Function<String, List<String>> headers) {
        String type = String.join(",", headers.apply("Content-Type"));
        String encoding = String.join(",", headers.apply("Content-Encoding"));
        return new ContentType(
                type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT), charsets(type), encodings(encoding));
    }

    private static List<String> charsets(String header) {
        List<String> charsets = new ArrayList<>();
        Matcher parameter = PARAMETER.matcher(header);
        while (parameter.find()) {
            if (parameter.group(1).equalsIgnoreCase("charset")) {
                charsets.add(parameter.group(2).replace("\"", "").strip());
            }
        }
        return charsets;
    }

    private static List<String> encodings(String header) {
        return Arrays.stream(header.split(",", -1))
                .map(String::strip)
                .filter(encoding -> !encoding.isEmpty() && !encoding.equalsIgnoreCase("identity"))
                .toList();
    }

    public boolean isJson() {
        return mediaType.equals("application/json");
    }

    /** Whether the type may come from a client whose user did not choose any. */
    boolean isUnchosen() {
        return UNCHOSEN.contains(mediaType);
    }

    /** Refuses what is not JSON in UTF-8. */
    void requireJson() {
        requirePlainUtf8();
        if (!isJson()) {
            throw unsupported(described() + ". Send JSON in UTF-8, with Content-Type: application/json.");
        }
    }

    /** Refuses what is not a text in UTF-8. */
    void requireText() {
        requirePlainUtf8();
        if (!isUnchosen() && !TEXTS.contains(mediaType)) {
            throw unsupported(described()
                    + ". Send JSON with Content-Type: application/json, or a text with Content-Type:" + " text/plain.");
        }
    }

    private void requirePlainUtf8() {
        encodings.stream().findFirst().ifPresent(encoding -> {
            throw unsupported("The Content-Encoding " + Quoted.of(encoding)
                    + " is not supported. Send the body as it is, without this header.");
        });
        for (String charset : charsets) {
            if (!isReadAsUtf8(charset)) {
                throw unsupported("The charset " + Quoted.of(charset)
                        + " is not supported. Send UTF-8, with charset=utf-8 or no charset in Content-Type.");
            }
        }
    }

    /** All texts in US-ASCII are texts in UTF-8. */
    private static boolean isReadAsUtf8(String charset) {
        try {
            Charset named = Charset.forName(charset);
            return named.equals(StandardCharsets.UTF_8) || named.equals(StandardCharsets.US_ASCII);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return false;
        }
    }

    /** The media type in words, for a refusal. */
    String described() {
        return mediaType.isEmpty()
                ? "The header Content-Type is missing"
                : "The Content-Type " + Quoted.of(mediaType) + " is not supported here";
    }

    private static Refused unsupported(String detail) {
        return new Refused(Refusal.UNSUPPORTED_MEDIA_TYPE, detail);
    }
}
