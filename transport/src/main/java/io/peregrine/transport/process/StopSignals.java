package io.peregrine.transport.process;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;

/**
 * The signals by which a process is asked to end. Whoever takes them decides when and with which exit code the JVM
 * ends; otherwise it ends by itself, with a code of its own, while the process is still at work.
 * <p>
 * They are reached by reflection, as a compiler that treats warnings as errors accepts no import of {@code sun.misc}.
 */
public final class StopSignals
{
    private static final List<String> NAMES = List.of("TERM", "INT", "HUP");

    private StopSignals()
    {
    }

    /**
     * Take them from now on, to the end of the JVM. What the process was started to ignore stays ignored.
     *
     * @param handler called with the name of each that comes, such as {@code SIGTERM}, on a thread of the JVM.
     * @return false where this JVM does not let them be taken: it ends by itself then.
     */
    public static boolean take(final Consumer<String> handler)
    {
        try
        {
            final Class<?> signal = Class.forName("sun.misc.Signal");
            final Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            final Object proxy = Proxy.newProxyInstance(
                StopSignals.class.getClassLoader(),
                new Class<?>[]{handlerType},
                (self, method, args) -> onCall(handler, self, method.getName(), args));
            boolean taken = true;
            for (final String name : NAMES)
            {
                taken &= take(signal, handlerType, name, proxy);
            }
            return taken;
        }
        catch (final ReflectiveOperationException ex)
        {
            return false;
        }
    }

    private static boolean take(
        final Class<?> signal, final Class<?> handlerType, final String name, final Object handler)
        throws ReflectiveOperationException
    {
        try
        {
            signal.getMethod("handle", signal, handlerType)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
            return true;
        }
        catch (final InvocationTargetException ex)
        {
            // The flag -Xrs reserves the signals, and a system may not know one.
            return false;
        }
    }

    private static Object onCall(
        final Consumer<String> handler, final Object self, final String method, final Object[] args)
    {
        switch (method)
        {
            case "handle":
                handler.accept(args[0].toString());
                return null;
            case "equals":
                return self == args[0];
            case "hashCode":
                return System.identityHashCode(self);
            default:
                return StopSignals.class.getName();
        }
    }
}
