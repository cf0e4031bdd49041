package dev.cadenza.server.http;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The media types of requests and answers. */
final class MediaType {
    static final String MIDI = "audio/midi";
    static final String WAV = "audio/wav";
    static final String JSON = "application/json";
    static final String EVENTS = "text/event-stream";
    static final String HTML = "text/html";
    static final String TEXT = "text/plain";

    /** What browsers of different systems call a MIDI file. */
    private static final Set<String> MIDI_NAMES = Set.of(MIDI, "audio/x-midi", "audio/mid", "audio/x-mid");

    private MediaType() {}

    /** Whether the header names a MIDI file. */
    static boolean isMidi(@Nullable String contentType) {
        return MIDI_NAMES.contains(essence(contentType));
    }

    /** Whether the header names JSON; JSON is UTF-8, so another charset is another type. */
    static boolean isJson(@Nullable String contentType) {
        if (contentType == null || !essence(contentType).equals(JSON)) {
            return false;
        }
        String parameters = contentType.substring(JSON.length() + contentType.indexOf(contentType.strip()));
        String charset = parameters.replaceAll("[\\s\";]", "").toLowerCase(Locale.ROOT);
        return !charset.contains("charset=") || charset.contains("charset=utf-8");
    }

    private static String essence(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
