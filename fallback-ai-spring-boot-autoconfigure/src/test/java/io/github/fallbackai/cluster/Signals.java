// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Sends signals to processes that tests started.
 */
public final class Signals {

	private Signals() {
	}

	/** Stops a process in its tracks; its connections stay open. */
	public static void suspend(Process process) {
		send(process, "STOP");
	}

	/** Lets a suspended process go on. */
	public static void resume(Process process) {
		send(process, "CONT");
	}

	private static void send(Process process, String name) {
		try {
			new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
