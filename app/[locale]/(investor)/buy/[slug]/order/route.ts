import { sendOrder } from '@/lib/endpoints/send-order';

/** Where Next answers for itself, without the server in front. */
export const GET = sendOrder;
export const POST = sendOrder;
