package dev.cadenza.server.command;

import dev.cadenza.console.ExitCode;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for SIGTERM or Ctrl-C. A shutdown hook alone will not do: hooks run at the same time, and ONNX Runtime's own one
 * frees what running requests still use (onnxruntime issue 31352). So the signals are caught before the machine begins
 * to stop, and a second one ends the process at once.
 */
final class StopSignal {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);
    private static final String[] SIGNALS = {"TERM", "INT"};

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    private StopSignal() {}

    /** From now on the signals are caught. */
    static StopSignal install() {
        StopSignal stop = new StopSignal();
        for (String name : SIGNALS) {
            try {
                stop.handle(name);
            } catch (ReflectiveOperationException | RuntimeException e) {
                LOG.debug("SIG{} cannot be caught here; a shutdown hook must do", name, e);
            }
        }
        Runtime.getRuntime().addShutdownHook(new Thread(stop::hook, "cadenza-stop"));
        return stop;
    }

    /**
     * Sees to it that the process ends once it was asked to, whatever hangs.
     *
     * @param first done at once when it is asked
     * @param longest time from then on; after that the process is halted with an exit code that is not 0
     */
    void guard(Runnable first, Duration longest) {
        Thread guard = new Thread(
                () -> {
                    try {
                        asked.await();
                        first.run();
                        Thread.sleep(longest.toMillis());
                    } catch (InterruptedException e) {
                        return;
                    }
                    halt("the server did not stop within " + longest.toMillis() / 1e3 + " s; it is halted");
                },
                "cadenza-stop-guard");
        guard.setDaemon(true);
        guard.start();
    }

    /** Ends the process without waiting for anything: native code that still runs must not see its memory go. */
    static void halt(String why) {
        System.err.println(why);
        System.err.flush();
        Runtime.getRuntime().halt(ExitCode.FAILURE);
    }

    boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** Returns when the process is asked to stop. */
    void await() throws InterruptedException {
        asked.await();
    }

    /** Everything is closed; the process may end. */
    void finished() {
        done.countDown();
    }

    /** Uses sun.misc.Signal by reflection: the compiler warns of its name, and a small Java runtime may lack it. */
    private void handle(String name) throws ReflectiveOperationException {
        Class<?> signalType = Class.forName("sun.misc.Signal");
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        Object signal = signalType.getConstructor(String.class).newInstance(name);
        Object otherwise = handlerType.getField("SIG_DFL").get(null);
        InvocationHandler caught = (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
                signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, otherwise);
                asked.countDown();
                return null;
            }
            return method.invoke(this, arguments);
        };
        Object handler =
                Proxy.newProxyInstance(StopSignal.class.getClassLoader(), new Class<?>[] {handlerType}, caught);
        signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
    }

    private void hook() {
        asked.countDown();
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
