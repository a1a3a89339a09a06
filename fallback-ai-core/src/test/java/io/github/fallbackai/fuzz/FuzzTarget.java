// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.fuzz;

/**
 * Something that reads bytes from outside. It checks what must hold for any bytes.
 */
@FunctionalInterface
public interface FuzzTarget {

	/**
	 * Reads bytes.
	 * @param input any bytes
	 * @throws Exception if something does not hold, as an {@link AssertionError} or as
	 * what the code threw
	 */
	void read(byte[] input) throws Exception;

}
