import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';

/** Documents of X-Ray: docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html. */
type Subsegment = {
  readonly name: string;
  readonly namespace?: 'aws';
  readonly annotations?: Readonly<Record<string, string | boolean>>;
  readonly aws?: Readonly<Record<string, string>>;
};

/** X-Ray calls a refused request an error, and a failure of a service a fault. */
type Failure = { readonly status: 'error' | 'fault'; readonly type: string; readonly message: string };

const HEADER = '{"format":"json","version":1}\n';

const createSender = () => createSocket('udp4').unref();
let sender: ReturnType<typeof createSender> | undefined;

/** `Root=1-…;Parent=…;Sampled=1` of this invocation. `undefined`: it is not traced. */
const sampledTrace = (): { readonly trace_id: string; readonly parent_id: string } | undefined => {
  const { _X_AMZN_TRACE_ID: header, AWS_XRAY_DAEMON_ADDRESS: daemon } = process.env;
  if (!header?.includes('Sampled=1') || !daemon) return undefined;
  const [trace_id, parent_id] = ['Root', 'Parent'].map((name) => new RegExp(`${name}=([^;]+)`).exec(header)?.[1]);
  return trace_id && parent_id ? { trace_id, parent_id } : undefined;
};

const causeOf = ({ status, type, message }: Failure) => ({
  [status]: true,
  cause: { exceptions: [{ id: newId(), type, message }] },
});

const newId = (): string => randomBytes(8).toString('hex');

const seconds = (): number => Date.now() / 1_000;

/**
 * Does the work and sends its time to Lambda's X-Ray daemon. X-Ray's SDK does the same with 120 KB
 * (docs/adr/0039-traces.md).
 */
export const traced = async <Answer>(
  subsegment: Subsegment,
  failureOf: (error: unknown) => Failure,
  work: () => Promise<Answer>,
): Promise<Answer> => {
  const trace = sampledTrace();
  if (!trace) return work();
  const start_time = seconds();
  const send = (failure?: Failure): void => {
    const times = { id: newId(), start_time, end_time: seconds(), type: 'subsegment' };
    const document = { ...subsegment, ...trace, ...times, ...(failure && causeOf(failure)) };
    const [host, port] = (process.env.AWS_XRAY_DAEMON_ADDRESS ?? '').split(':');
    sender ??= createSender();
    sender.send(HEADER + JSON.stringify(document), Number(port), host, () => undefined);
  };
  try {
    const answer = await work();
    send();
    return answer;
  } catch (error) {
    send(failureOf(error));
    throw error;
  }
};
