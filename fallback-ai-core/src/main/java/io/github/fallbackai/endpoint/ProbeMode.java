// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

/**
 * Which request finds out whether an endpoint works again.
 */
public enum ProbeMode {

	/**
	 * A small request of the library's own, for one token of answer, while calls go to
	 * other endpoints. It is sent only if a call wanted the endpoint in the last minutes.
	 */
	BACKGROUND,

	/** The next call that wants the endpoint. */
	TRAFFIC

}
