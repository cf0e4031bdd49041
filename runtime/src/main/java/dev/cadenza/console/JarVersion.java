package dev.cadenza.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Versions of the jars on the class path, as Maven wrote them into each. */
public final class JarVersion {
    private JarVersion() {}

    /**
     * The version of one jar.
     *
     * @param groupAndArtifact for example {@code dev.cadenza/cadenza-runtime}
     * @param otherwise what a jar is called that says nothing, such as classes that are in no jar
     */
    public static String of(String groupAndArtifact, String otherwise) {
        String path = "/META-INF/maven/" + groupAndArtifact + "/pom.properties";
        try (InputStream in = JarVersion.class.getResourceAsStream(path)) {
            if (in == null) {
                return otherwise;
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", otherwise);
        } catch (IOException e) {
            throw new UncheckedIOException("a jar on the class path cannot be read", e);
        }
    }

    /** This project's version; {@code development} outside a jar. */
    public static String cadenza() {
        return of("dev.cadenza/cadenza-runtime", "development");
    }
}
