package dev.cadenza.server.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What this server was built as, and with which ONNX Runtime. */
final class BuildVersion implements IVersionProvider {
    private static final Properties BUILD = read();

    static String server() {
        return BUILD.getProperty("version");
    }

    static String onnxRuntime() {
        return BUILD.getProperty("onnxruntime");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"Cadenza server " + server() + " (ONNX Runtime " + onnxRuntime() + ")"};
    }

    private static Properties read() {
        Properties build = new Properties();
        try (InputStream in = BuildVersion.class.getResourceAsStream("build.properties")) {
            if (in == null) {
                throw new IllegalStateException("build.properties is missing: the build did not copy it");
            }
            build.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("build.properties cannot be read", e);
        }
        return build;
    }
}
