package dev.cadenza.server.command;

import dev.cadenza.server.serving.VersionLoader;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;

/** A server that never gets done with loading any version above 1; it prints a line when it is at that. */
final class StuckServer {
    static final String STUCK = "stuck";

    private StuckServer() {}

    public static void main(String[] args) {
        CommandLine command = ServerMain.commandLine();
        command.<ServerMain>getCommand().models().changeLoader(StuckServer::stuck);
        System.exit(command.execute(args));
    }

    private static VersionLoader stuck(VersionLoader loader) {
        return version -> {
            if (version.id().version() > 1) {
                System.out.println(STUCK);
                System.out.flush();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return loader.load(version);
        };
    }
}
