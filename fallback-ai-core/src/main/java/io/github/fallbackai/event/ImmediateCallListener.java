package io.github.fallbackai.event;

/**
 * A listener that misses nothing: it is called on the thread on which something happens,
 * often an event loop, before the call goes on. It must not block and has to expect
 * several threads. An exception it throws is logged and harms no call.
 */
@FunctionalInterface
public interface ImmediateCallListener extends CallListener {

}
