// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

/**
 * What happens to tools that a provider would run itself, such as a search of the web.
 */
public enum HostedTools {

	/** Without an endpoint that has such tools, the request is refused. */
	REJECT,

	/**
	 * Endpoints without such tools do not get them, and a header of the answer says so.
	 */
	LEAVE_OUT

}
